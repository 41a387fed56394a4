import { composeNotification, type NotificationRequest, textLines } from "./compose.ts";
import type { Markup } from "./markup.ts";
import { splitText } from "./split-text.ts";

interface Limit {
  /** UTF-16 units after markup is taken out: the channel's `maxTextLength`. */
  readonly maxLength: number;
}

/** The whole message to one guest, as one or more texts in the channel's markup. Pure; never throws, never empty. */
export function renderNotification(request: NotificationRequest & Limit): readonly string[] {
  return splitText(composeNotification(request), request);
}

/** A plain text of the business, such as `message` to the number in `phone`: escaped for the markup, and nothing added. */
export function renderText(
  request: { readonly text: string; readonly markup: Markup } & Limit,
): readonly string[] {
  return splitText(paragraphs(request.text), request);
}

/** Blank lines part the blocks that are kept whole. */
function paragraphs(text: string): ReturnType<typeof composeNotification> {
  return text
    .replaceAll(/\r\n?/gu, "\n")
    .split(/\n\s*\n/u)
    .map(textLines);
}
