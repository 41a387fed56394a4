/** The messengers that Wappi has an API for by profile. VK has none: it is reached through a cascade. */
export const platforms = {
  wa: { name: "WhatsApp", prefix: "/api", sync: "/api/sync" },
  tg: { name: "Telegram", prefix: "/tapi", sync: "/tapi/sync" },
  max: { name: "MAX", prefix: "/maxapi", sync: "/maxapi/sync" },
  bot: { name: "Telegram (bot)", prefix: "/botapi", sync: "/botapi" },
} as const;

export type Platform = keyof typeof platforms;

export const platformNames = Object.keys(platforms) as readonly Platform[];

export function isPlatform(word: string): word is Platform {
  return Object.hasOwn(platforms, word);
}

const words: Readonly<Record<string, Platform>> = {
  wa: "wa",
  wz: "wa",
  whatsapp: "wa",
  tg: "tg",
  telegram: "tg",
  max: "max",
  mx: "max",
  tgbot: "bot",
  bot: "bot",
};

/** Wappi's own word for a platform; `undefined` for VK, SMS and words not met yet. */
export function parsePlatform(word: string): Platform | undefined {
  return words[word.toLowerCase()];
}
