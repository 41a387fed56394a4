import type { Text } from "#domain/text.ts";

/** What failed, why, and what to do. */
export const failureTexts = {
  signIn: {
    ru: "Wazzup24 не принял ключ API: он удалён или введён с ошибкой. Скопируйте ключ из кабинета Wazzup24 (Интеграция с CRM, API) в key_api.",
    en: "Wazzup24 did not accept the API key: it was deleted or mistyped. Copy the key from the Wazzup24 account (CRM integration, API) into key_api.",
  },
  closedKey: {
    ru: "Этому ключу Wazzup24 такой вызов закрыт. Создайте в кабинете Wazzup24 ключ обычного подключения по API и замените key_api.",
    en: "This Wazzup24 key is not allowed to make this call. Make a key of an ordinary API connection in the Wazzup24 account and replace key_api.",
  },
  noChannel: {
    ru: "Wazzup24 не нашёл канал с таким channel_id у этого ключа. Скопируйте GUID канала из того же кабинета.",
    en: "Wazzup24 found no channel with this channel_id under this key. Copy the channel's GUID from the same account.",
  },
  wrongTransport: {
    ru: "Канал Wazzup24 принадлежит другому мессенджеру, чем сказано в chat_type. Исправьте chat_type или укажите другой channel_id.",
    en: "The Wazzup24 channel belongs to another messenger than chat_type says. Correct chat_type or give another channel_id.",
  },
  channelBlocked: {
    ru: "Канал Wazzup24 заблокирован мессенджером или не прошёл проверку. Откройте канал в кабинете Wazzup24 и посмотрите причину.",
    en: "The Wazzup24 channel was blocked by the messenger or did not pass its review. Open the channel in the Wazzup24 account and see the reason.",
  },
  noMoney: {
    ru: "Канал Wazzup24 не оплачен или исчерпал лимит тарифа. Пополните баланс или смените тариф в кабинете Wazzup24.",
    en: "The Wazzup24 channel is not paid for or has used up its plan. Top up the balance or change the plan in the Wazzup24 account.",
  },
  notTextFirst: {
    ru: "Не отправлено: тариф Wazzup24 не разрешает писать первым. Смените тариф или попросите гостя написать вам.",
    en: "Not sent: the Wazzup24 plan does not allow writing first. Change the plan or ask the guest to write to you.",
  },
  spam: {
    ru: "Wazzup24 остановил сообщение как рассылку или отклонённый шаблон. Напишите гостю сами и свяжитесь с поддержкой Wazzup24.",
    en: "Wazzup24 stopped the message as spam or as a rejected template. Write to the guest yourself and contact the support of Wazzup24.",
  },
  recipient: {
    ru: "Не отправлено: Wazzup24 не может написать на этот номер. Скорее всего, у номера нет аккаунта в мессенджере; свяжитесь с гостем другим способом.",
    en: "Not sent: Wazzup24 cannot write to this number. Most likely the number has no account in the messenger; reach the guest another way.",
  },
  notAPhone: {
    ru: "Не отправлено: Wazzup24 пишет по номеру телефона, а в брони его нет. Добавьте телефон в контактную информацию.",
    en: "Not sent: Wazzup24 writes to phone numbers, and the booking has none. Add a phone to the contact information.",
  },
  tooLong: {
    ru: "Не отправлено: текст длиннее, чем принимает мессенджер. Сократите message или скройте часть сведений о брони.",
    en: "Not sent: the text is longer than the messenger takes. Shorten message or hide some of the booking's details.",
  },
  tooLongForBusiness: {
    ru: "Не отправлено: WhatsApp Business API принимает не больше 1024 знаков. Сократите message или скройте часть сведений о брони.",
    en: "Not sent: WhatsApp Business API takes 1024 characters at most. Shorten message or hide some of the booking's details.",
  },
  empty: {
    ru: "Не отправлено: текст получился пустым. Задайте message или не скрывайте все сведения о брони.",
    en: "Not sent: the text came out empty. Set message, or do not hide all of the booking's details.",
  },
  invalid: {
    ru: "Wazzup24 счёл данные сообщения неверными. Проверьте channel_id, chat_type и номер гостя; что именно не подошло, записано в ответе на эту попытку.",
    en: "Wazzup24 found the message's data invalid. Check channel_id, chat_type and the guest's number; the answer to this attempt names what did not fit.",
  },
  otherRefusal: (status: number): Text => ({
    ru: `Wazzup24 отказался принять сообщение (код ${status}). Причина записана в ответе на эту попытку; исправьте её и отправьте снова.`,
    en: `Wazzup24 refused the message (status ${status}). The reason stands in the answer to this attempt; fix it and send again.`,
  }),
  phoneOffline: {
    ru: "Канал Wazzup24 сейчас не на связи с мессенджером. Проверьте, что телефон включён и канал в кабинете работает; отправим, когда он вернётся.",
    en: "The Wazzup24 channel is not connected to its messenger right now. Check that the phone is on and the channel works in the account; it will be sent once it is back.",
  },
  tooMany: {
    ru: "Wazzup24 просит подождать: запросов слишком много. Отправим через несколько секунд.",
    en: "Wazzup24 asks to wait: there are too many requests. It will be sent in a few seconds.",
  },
  neverLeft: {
    ru: "Wazzup24 недоступен: соединение не установлено. Проверьте, что сервер видит api.wazzup24.com.",
    en: "Wazzup24 cannot be reached: no connection was made. Check that this server can reach api.wazzup24.com.",
  },
  silent: {
    ru: "Wazzup24 не дал понятного ответа, ничего не изменено. Попробуем ещё раз.",
    en: "Wazzup24 gave no clear answer, and nothing was changed. It will be tried again.",
  },
  uncertain: {
    ru: "Неясно, дошло ли: Wazzup24 не дал понятного ответа на отправку. Посмотрите переписку с гостем в Wazzup24, прежде чем отправлять снова.",
    en: "It is unclear whether it arrived: Wazzup24 gave no clear answer to the sending. Look at the chat with the guest in Wazzup24 before sending again.",
  },
  strange: (status: number): Text => ({
    ru: `Вместо Wazzup24 ответил кто-то другой (код ${status}). Проверьте адрес в CONCIERGE_API_BASE_WAZZUP24 и прокси на пути.`,
    en: `Something other than Wazzup24 answered (status ${status}). Check the address in CONCIERGE_API_BASE_WAZZUP24 and any proxy on the way.`,
  }),
} as const;

const scan: Text = {
  ru: "Канал Wazzup24 вышел из мессенджера. Откройте канал в кабинете Wazzup24 и войдите заново по QR-коду.",
  en: "The Wazzup24 channel is signed out of its messenger. Open the channel in the Wazzup24 account and sign in again by QR code.",
};

/** What a channel's state means, by the state in lower case. */
export const stateTexts: Readonly<Record<string, Text>> = {
  qr: scan,
  qridle: scan,
  unauthorized: scan,
  init: {
    ru: "Канал Wazzup24 запускается. Повторите проверку через несколько минут.",
    en: "The Wazzup24 channel is starting. Repeat the check in a few minutes.",
  },
  disabled: {
    ru: "Канал Wazzup24 выключен или удалён из подписки. Включите его в кабинете Wazzup24.",
    en: "The Wazzup24 channel is switched off or no longer in the subscription. Switch it on in the Wazzup24 account.",
  },
  phoneunavailable: {
    ru: "Телефон канала Wazzup24 выключен или не в сети. Включите его и проверьте на нём интернет.",
    en: "The phone of the Wazzup24 channel is switched off or not on line. Switch it on and check its internet.",
  },
  openelsewhere: {
    ru: "Аккаунт канала открыт в другом месте, и Wazzup24 отключён. Закройте лишние сеансы и подключите канал заново в кабинете Wazzup24.",
    en: "The channel's account is open elsewhere, and Wazzup24 is cut off. Close the other sessions and connect the channel again in the Wazzup24 account.",
  },
  notenoughmoney: failureTexts.noMoney,
  foreignphone: {
    ru: "Канал Wazzup24 подключён с другого номера. Войдите в него с тем номером, на который он оформлен.",
    en: "The Wazzup24 channel was connected with another number. Sign in with the number that it was set up for.",
  },
  waitforpassword: {
    ru: "Вход в канал Wazzup24 не закончен: ждёт пароля. Введите его в кабинете Wazzup24.",
    en: "The sign-in of the Wazzup24 channel is not finished: it waits for a password. Enter it in the Wazzup24 account.",
  },
  blocked: failureTexts.channelBlocked,
  rejected: failureTexts.channelBlocked,
  onmoderation: {
    ru: "Канал Wazzup24 ещё на проверке у мессенджера. Дождитесь её конца: до тех пор сообщения не уходят.",
    en: "The Wazzup24 channel is still under the messenger's review. Wait for its end: until then no message goes out.",
  },
};

/** What a check or a reading of parameters found. */
export const checkTexts = {
  notByPhone: {
    ru: "В этот мессенджер нельзя написать по номеру телефона. Укажите в chat_type одно из слов: whatsapp, telegram, max, viber.",
    en: "This messenger cannot be written to by phone number. Give one of these words as chat_type: whatsapp, telegram, max, viber.",
  },
  unanswered: {
    ru: "Wazzup24 не дал понятного ответа на проверку. Повторите проверку через несколько минут.",
    en: "Wazzup24 gave no clear answer to the check. Repeat the check in a few minutes.",
  },
  unknownState: {
    ru: "Канал Wazzup24 не работает. Откройте его в кабинете Wazzup24 и посмотрите, что с ним.",
    en: "The Wazzup24 channel does not work. Open it in the Wazzup24 account and see what is wrong.",
  },
  businessWindow: {
    ru: "Это канал WhatsApp Business API: обычный текст доходит только в течение 24 часов после сообщения гостя и не длиннее 1024 знаков. Для уведомлений надёжнее канал WhatsApp по QR-коду.",
    en: "This is a WhatsApp Business API channel: plain text arrives only within 24 hours of the guest's own message, and with 1024 characters at most. A WhatsApp channel by QR code is safer for notifications.",
  },
  bot: {
    ru: "Это канал бота: бот пишет только тем, кто его запустил, а по телефону гостя обычно не находит. Надёжнее канал личного аккаунта.",
    en: "This is a bot's channel: a bot writes only to people who have started it and usually cannot find a guest by phone. A channel of a personal account is safer.",
  },
  channel: { ru: "Канал", en: "Channel" },
} as const;

export const listenTexts = {
  foreignWebhook: {
    ru: "Ключ Wazzup24 уже шлёт события другой системе, и мы её не отключаем. Статусы доставки не придут; чтобы получать их, заведите для этого сервера отдельный ключ или очистите адрес вебхука.",
    en: "The Wazzup24 key already sends its events to another system, which we leave in place. Delivery statuses will not come; to get them, make a key of its own for this server or clear the webhook address.",
  },
  notReached: {
    ru: "Wazzup24 не достучался до этого сервера, поэтому статусы доставки не придут. Проверьте CONCIERGE_PUBLIC_URL и что сервер виден из интернета по https.",
    en: "Wazzup24 could not reach this server, so delivery statuses will not come. Check CONCIERGE_PUBLIC_URL and that the server can be seen from the internet over https.",
  },
  tooLong: {
    ru: "Адрес вебхука длиннее 200 знаков, которые принимает Wazzup24. Возьмите для CONCIERGE_PUBLIC_URL адрес покороче.",
    en: "The webhook address is longer than the 200 characters that Wazzup24 takes. Use a shorter address as CONCIERGE_PUBLIC_URL.",
  },
  unclear: {
    ru: "Неясно, принял ли Wazzup24 адрес вебхука. Повторная настройка безопасна.",
    en: "It is unclear whether Wazzup24 took the webhook address. Setting it again is safe.",
  },
} as const satisfies Record<string, Text>;
