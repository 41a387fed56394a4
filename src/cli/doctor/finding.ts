import type { Text } from "#domain/text.ts";

/** One line of the doctor's: a warning costs something and can wait, what is bad must be mended. */
export interface Finding {
  readonly mark: "good" | "warning" | "bad";
  readonly text: Text;
}

export const good = (en: string, ru: string): Finding => ({ mark: "good", text: { en, ru } });
export const warning = (en: string, ru: string): Finding => ({ mark: "warning", text: { en, ru } });
export const bad = (en: string, ru: string): Finding => ({ mark: "bad", text: { en, ru } });
