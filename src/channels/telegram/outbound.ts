/** Body of `sendMessage`. Links of a booking are read as text: a preview card would hide the rest of the message. */
export function toSendMessage(chatId: string, text: string): object {
  return { ...toPlainSend(chatId, text), parse_mode: "HTML" };
}

/** The same text without markup, for a text whose markup Telegram does not take. */
export function toPlainSendMessage(chatId: string, html: string): object {
  return toPlainSend(chatId, toPlainText(html));
}

function toPlainSend(chatId: string, text: string): object {
  return { chat_id: chatId, text, link_preview_options: { is_disabled: true } };
}

const link = /<a\s+href="([^"<>]*)"\s*>(.*?)<\/a>/gis;
const tag =
  /<\/?(?:b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|tg-emoji|a|code|pre|blockquote)(?:\s[^<>]*)?>/gi;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Takes Telegram's own tags out and leaves every other sign of the text where it stands. */
export function toPlainText(html: string): string {
  return html
    .replaceAll(link, (_, href: string, label: string) =>
      href === label ? label : `${label} (${href})`,
    )
    .replaceAll(tag, "")
    .replaceAll(/&(lt|gt|amp|quot);/g, (all, name: string) => entities[name] ?? all);
}
