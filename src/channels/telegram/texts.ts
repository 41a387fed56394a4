import type { Text } from "#domain/text.ts";

/** What failed, why, and what to do. */
export const failureTexts = {
  signIn: {
    ru: "Telegram не принял токен бота: он отозван или введён с ошибкой. Возьмите действующий токен у @BotFather и замените telegramToken.",
    en: "Telegram did not accept the bot token: it was revoked or mistyped. Get the current token from @BotFather and replace telegramToken.",
  },
  blocked: {
    ru: "Не отправлено: гость заблокировал бота. Свяжитесь с гостем другим способом.",
    en: "Not sent: the guest has blocked the bot. Reach the guest another way.",
  },
  deactivated: {
    ru: "Не отправлено: аккаунт гостя в Telegram удалён. Свяжитесь с гостем другим способом.",
    en: "Not sent: the guest's Telegram account was deleted. Reach the guest another way.",
  },
  neverStarted: {
    ru: "Не отправлено: Telegram не нашёл диалога гостя с этим ботом. Бот может писать только тем, кто его запустил: попросите гостя открыть бота и проверьте, что id в брони получен от этого же бота.",
    en: "Not sent: Telegram found no chat of the guest with this bot. A bot can only write to people who have started it: ask the guest to open the bot, and check that the id in the booking comes from the same bot.",
  },
  migrated: {
    ru: "Не отправлено: группа стала супергруппой, и её id изменился. Укажите в брони новый id.",
    en: "Not sent: the group has become a supergroup and its id has changed. Put the new id into the booking.",
  },
  forbidden: {
    ru: "Не отправлено: Telegram не разрешает боту писать в этот чат. Верните бота в чат или свяжитесь с гостем другим способом.",
    en: "Not sent: Telegram does not allow the bot to write to this chat. Bring the bot back into the chat or reach the guest another way.",
  },
  notAnId: {
    ru: "Не отправлено: в поле брони стоит не id пользователя Telegram. Там нужно число: имя вида @name и телефон боту не подходят.",
    en: "Not sent: the booking's field does not hold a Telegram user id. It has to be a number: a name like @name or a phone number is of no use to a bot.",
  },
  tooLong: {
    ru: "Не отправлено: текст длиннее, чем принимает Telegram. Сократите message или скройте часть сведений о брони.",
    en: "Not sent: the text is longer than Telegram takes. Shorten message or hide some of the booking's details.",
  },
  empty: {
    ru: "Не отправлено: текст получился пустым. Задайте message или не скрывайте все сведения о брони.",
    en: "Not sent: the text came out empty. Set message, or do not hide all of the booking's details.",
  },
  tooMany: {
    ru: "Telegram просит подождать: бот отправляет слишком много сообщений. Отправим, как только он разрешит.",
    en: "Telegram asks to wait: the bot sends too many messages. It will be sent as soon as Telegram allows it.",
  },
  neverLeft: {
    ru: "Сервер Telegram недоступен: соединение не установлено. Проверьте, что сервер видит api.telegram.org, или укажите прокси в CONCIERGE_API_BASE_TELEGRAM.",
    en: "Telegram cannot be reached: no connection was made. Check that this server can reach api.telegram.org, or set a proxy in CONCIERGE_API_BASE_TELEGRAM.",
  },
  uncertain: {
    ru: "Неясно, дошло ли: Telegram не дал понятного ответа, а спросить его потом нельзя. Проверьте переписку бота с гостем, прежде чем отправлять снова.",
    en: "It is unclear whether it arrived: Telegram gave no clear answer and cannot be asked later. Look at the bot's chat with the guest before sending again.",
  },
  checkUnanswered: {
    ru: "Telegram не дал понятного ответа на проверку бота. Повторите проверку через несколько минут.",
    en: "Telegram gave no clear answer when asked about the bot. Repeat the check in a few minutes.",
  },
  strange: (status: number): Text => ({
    ru: `Вместо Telegram ответил кто-то другой (код ${status}). Проверьте адрес в CONCIERGE_API_BASE_TELEGRAM и прокси на пути.`,
    en: `Something other than Telegram answered (status ${status}). Check the address in CONCIERGE_API_BASE_TELEGRAM and any proxy on the way.`,
  }),
  otherRefusal: (code: number): Text => ({
    ru: `Telegram отказался принять сообщение (код ${code}). Причина записана в ответе на эту попытку; исправьте её и отправьте снова.`,
    en: `Telegram refused the message (status ${code}). The reason stands in the answer to this attempt; fix it and send again.`,
  }),
} as const;

/** What is wrong with a hook's parameters. */
export const hookTexts = {
  hostedBot: {
    ru: "В telegramToken стоит имя бота облачного сервиса: его токена здесь нет. Создайте своего бота у @BotFather и укажите его токен.",
    en: "telegramToken names the hosted service's own bot, whose token is not known here. Make a bot of your own at @BotFather and give its token.",
  },
  notAToken: {
    ru: "telegramToken не похож на токен бота. Токен выглядит как <число>:<буквы и цифры>; скопируйте его у @BotFather целиком.",
    en: "telegramToken does not look like a bot token. A token looks like <number>:<letters and digits>; copy all of it from @BotFather.",
  },
  bot: { ru: "Бот", en: "Bot" },
} as const satisfies Record<string, Text>;
