/** Text that is HTML already: whatever came from outside went through `html`. */
export interface Html {
  readonly html: string;
}

export type HtmlValue = Html | string | undefined | readonly HtmlValue[];

/** Writes HTML. Values are shown as the texts that they are, save those that are `Html` themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: parts.map((part, place) => part + write(values[place])).join("") };
}

function write(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  return "html" in value ? value.html : value.map(write).join("");
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
