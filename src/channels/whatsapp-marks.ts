/** Signs that a rendered text holds in place of marks that somebody typed. */
const typedMarks: Readonly<Record<string, string>> = { "∗": "*", ˍ: "_", "∼": "~", ʹ: "`" };

const link = String.raw`https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`;
const styled = String.raw`(?<![\p{L}\p{N}])([*_])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])`;

/**
 * Plain text out of WhatsApp's markup, for a messenger behind the same gateway that would show the marks: styles go,
 * what a person typed comes back, links stay whole.
 */
export function toPlainText(text: string): string {
  return text
    .replaceAll(new RegExp(`${styled}|${link}`, "gu"), (all, _mark, inner?: string) => inner ?? all)
    .replaceAll(/[∗ˍ∼ʹ]/gu, (sign) => typedMarks[sign] ?? sign)
    .replaceAll(/^›(?=\s)/gmu, ">");
}
