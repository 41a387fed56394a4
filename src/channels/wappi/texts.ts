import type { Text } from "#domain/text.ts";

/** What failed, why, and what to do. */
export const failureTexts = {
  signIn: {
    ru: "Wappi не принял ключ доступа: он изменён или введён с ошибкой. Скопируйте ключ из личного кабинета Wappi в apiToken.",
    en: "Wappi did not accept the access key: it was changed or mistyped. Copy the key from the Wappi cabinet into apiToken.",
  },
  profileMissing: {
    ru: "Wappi не нашёл профиль с таким profileId у этого ключа доступа. Скопируйте profileId со страницы профиля в том же кабинете.",
    en: "Wappi found no profile with this profileId under this access key. Copy profileId from the profile's page in the same cabinet.",
  },
  cascadeMissing: {
    ru: "Wappi не нашёл каскад с таким cascadeId у этого ключа доступа. Скопируйте cascadeId со страницы каскада в том же кабинете.",
    en: "Wappi found no cascade with this cascadeId under this access key. Copy cascadeId from the cascade's page in the same cabinet.",
  },
  platformUnknown: {
    ru: "У мессенджера этого профиля нет известного API (так бывает с VK). Добавьте профиль в каскад Wappi и укажите cascadeId вместо profileId.",
    en: "The messenger of this profile has no known API (VK is such a case). Add the profile to a Wappi cascade and give cascadeId instead of profileId.",
  },
  signedOut: {
    ru: "Профиль Wappi вышел из мессенджера и не отправляет. Откройте профиль в кабинете Wappi и войдите заново (QR или код).",
    en: "The Wappi profile is signed out of its messenger and does not send. Open the profile in the Wappi cabinet and sign in again (QR or code).",
  },
  connecting: {
    ru: "Профиль Wappi сейчас не на связи с мессенджером. Обычно он возвращается сам за минуту; если нет, перезапустите профиль в кабинете Wappi.",
    en: "The Wappi profile is not connected to its messenger right now. It usually comes back within a minute; if not, restart the profile in the Wappi cabinet.",
  },
  unpaid: {
    ru: "Оплата профиля Wappi закончилась: сообщения принимаются, но не уходят. Оплатите профиль в кабинете Wappi.",
    en: "The Wappi profile is no longer paid for: messages are taken but do not go out. Pay for the profile in the Wappi cabinet.",
  },
  banned: {
    ru: "Мессенджер ограничил аккаунт профиля за рассылку. Дождитесь снятия ограничения или подключите другой номер в кабинете Wappi.",
    en: "The messenger has restricted the profile's account for mass sending. Wait until the restriction ends or connect another number in the Wappi cabinet.",
  },
  recipient: {
    ru: "Не отправлено: Wappi не принял этот номер гостя. Скорее всего, у номера нет аккаунта в мессенджере; свяжитесь с гостем другим способом.",
    en: "Not sent: Wappi did not take this guest's number. Most likely the number has no account in the messenger; reach the guest another way.",
  },
  notAPhone: {
    ru: "Не отправлено: Wappi пишет по номеру телефона, а в брони его нет. Добавьте телефон в контактную информацию.",
    en: "Not sent: Wappi writes to phone numbers, and the booking has none. Add a phone to the contact information.",
  },
  tooLong: {
    ru: "Не отправлено: текст длиннее, чем принимает мессенджер. Сократите message или скройте часть сведений о брони.",
    en: "Not sent: the text is longer than the messenger takes. Shorten message or hide some of the booking's details.",
  },
  empty: {
    ru: "Не отправлено: текст получился пустым. Задайте message или не скрывайте все сведения о брони.",
    en: "Not sent: the text came out empty. Set message, or do not hide all of the booking's details.",
  },
  tooMany: {
    ru: "Wappi просит подождать: запросов слишком много. Отправим позже.",
    en: "Wappi asks to wait: there are too many requests. It will be sent later.",
  },
  neverLeft: {
    ru: "Wappi недоступен: соединение не установлено. Проверьте, что сервер видит wappi.pro.",
    en: "Wappi cannot be reached: no connection was made. Check that this server can reach wappi.pro.",
  },
  silent: {
    ru: "Wappi не дал понятного ответа о профиле, поэтому отправка не начата. Попробуем ещё раз.",
    en: "Wappi gave no clear answer about the profile, so sending was not begun. It will be tried again.",
  },
  uncertain: {
    ru: "Неясно, дошло ли: Wappi не дал понятного ответа на отправку. Посмотрите переписку с гостем в мессенджере, прежде чем отправлять снова.",
    en: "It is unclear whether it arrived: Wappi gave no clear answer to the sending. Look at the chat with the guest in the messenger before sending again.",
  },
  strange: (status: number): Text => ({
    ru: `Вместо Wappi ответил кто-то другой (код ${status}). Проверьте адрес в CONCIERGE_API_BASE_WAPPI и прокси на пути.`,
    en: `Something other than Wappi answered (status ${status}). Check the address in CONCIERGE_API_BASE_WAPPI and any proxy on the way.`,
  }),
} as const;

/** What a check or a reading of parameters found. */
export const checkTexts = {
  nothingToUse: {
    ru: "Не указано, чем отправлять. Задайте cascadeId (каскад) или profileId (один мессенджер).",
    en: "Nothing says what to send with. Give cascadeId (a cascade) or profileId (one messenger).",
  },
  bothGiven: {
    ru: "Заданы и cascadeId, и profileId: работает каскад, profileId не используется. Уберите лишний параметр.",
    en: "Both cascadeId and profileId are given: the cascade is used, profileId is not. Remove the one not needed.",
  },
  phoneWithoutMessage: {
    ru: "Задан phone, но нет message: на постоянный номер уходит только текст message. Добавьте message.",
    en: "phone is given without message: a fixed number gets the text of message alone. Add message.",
  },
  unanswered: {
    ru: "Wappi не дал понятного ответа на проверку. Повторите проверку через несколько минут.",
    en: "Wappi gave no clear answer to the check. Repeat the check in a few minutes.",
  },
  emptyCascade: {
    ru: "В каскаде Wappi нет ни одного мессенджера. Добавьте в него профили в кабинете Wappi.",
    en: "The Wappi cascade holds no messenger. Add profiles to it in the Wappi cabinet.",
  },
  bot: {
    ru: "Это профиль Telegram-бота: бот пишет только тем, кто его запустил, а по телефону гостя обычно не находит. Надёжнее вебхук telegram с id гостя.",
    en: "This is a Telegram bot profile: a bot writes only to people who have started it and usually cannot find a guest by phone. The telegram hook with the guest's id is safer.",
  },
  payBefore: (date: string): Text => ({
    ru: `Оплата профиля Wappi закончится ${date}. Продлите её в кабинете Wappi, иначе сообщения перестанут уходить.`,
    en: `The Wappi profile is paid for until ${date}. Extend it in the Wappi cabinet, or messages will stop going out.`,
  }),
  inCascade: (name: string, text: Text): Text => ({
    ru: `Каскад, ${name}: ${text.ru}`,
    en: `Cascade, ${name}: ${text.en}`,
  }),
  profile: { ru: "Профиль", en: "Profile" },
  messenger: { ru: "Мессенджер", en: "Messenger" },
  cascade: { ru: "Каскад", en: "Cascade" },
  order: { ru: "Порядок каскада", en: "Order of the cascade" },
} as const;

export const listenTexts = {
  foreignWebhook: {
    ru: "Профиль Wappi уже шлёт события другой системе, и мы её не отключаем. Статусы доставки будем спрашивать сами; чтобы получать их сразу, очистите адрес вебхука в кабинете Wappi.",
    en: "The Wappi profile already sends its events to another system, which we leave in place. Delivery statuses will be asked for; to get them at once, clear the webhook address in the Wappi cabinet.",
  },
  unclear: {
    ru: "Неясно, принял ли Wappi адрес вебхука. Повторная настройка безопасна.",
    en: "It is unclear whether Wappi took the webhook address. Setting it again is safe.",
  },
} as const satisfies Record<string, Text>;
