import type { Text } from "#domain/text.ts";

interface Names {
  readonly apiUrl: string;
  readonly idInstance: string;
  readonly apiTokenInstance: string;
}

/** What failed, why, and what to do. */
export const failureTexts = {
  signIn: ({ apiTokenInstance }: Names): Text => ({
    ru: `GREEN-API не принял токен инстанса: он изменён или введён с ошибкой. Скопируйте токен из кабинета GREEN-API в ${apiTokenInstance}.`,
    en: `GREEN-API did not accept the instance token: it was changed or mistyped. Copy the token from the GREEN-API console into ${apiTokenInstance}.`,
  }),
  noInstance: ({ idInstance }: Names): Text => ({
    ru: `GREEN-API не знает такого инстанса. Скопируйте номер инстанса из кабинета GREEN-API в ${idInstance} и проверьте, что инстанс не удалён и оплачен.`,
    en: `GREEN-API does not know this instance. Copy the instance number from the GREEN-API console into ${idInstance}, and check that it was not deleted and is paid for.`,
  }),
  wrongHost: ({ apiUrl }: Names): Text => ({
    ru: `По этому адресу инстанса нет: у каждого инстанса свой адрес API. Скопируйте его из кабинета GREEN-API в ${apiUrl}.`,
    en: `The instance is not at this address: each instance has an API address of its own. Copy it from the GREEN-API console into ${apiUrl}.`,
  }),
  signedOut: {
    ru: "Инстанс GREEN-API вышел из мессенджера и не отправляет. Откройте его в кабинете GREEN-API и войдите заново по QR-коду.",
    en: "The GREEN-API instance is signed out of its messenger and does not send. Open it in the GREEN-API console and sign in again by QR code.",
  },
  starting: {
    ru: "Инстанс GREEN-API перезапускается, это занимает до пяти минут. Отправим, как только он вернётся.",
    en: "The GREEN-API instance is restarting, which takes up to five minutes. It will be sent as soon as it is back.",
  },
  quota: {
    ru: "Не отправлено: исчерпан месячный лимит вызовов по тарифу GREEN-API. Смените тариф в кабинете GREEN-API или дождитесь нового месяца.",
    en: "Not sent: the month's calls of the GREEN-API plan are used up. Change the plan in the GREEN-API console or wait for the next month.",
  },
  quotaOfChats: {
    ru: "Не отправлено: бесплатный тариф GREEN-API разрешает писать трём собеседникам в месяц, и они уже выбраны. Смените тариф в кабинете GREEN-API.",
    en: "Not sent: the free plan of GREEN-API allows three chats a month, and they are taken. Change the plan in the GREEN-API console.",
  },
  noAccount: {
    ru: "Не отправлено: у этого номера нет аккаунта в MAX. Свяжитесь с гостем другим способом.",
    en: "Not sent: this number has no account in MAX. Reach the guest another way.",
  },
  notTaken: {
    ru: "Не отправлено: GREEN-API не принял номер гостя. В MAX он пишет только на номера с кодами 7 и 375; проверьте номер или свяжитесь с гостем другим способом.",
    en: "Not sent: GREEN-API did not take the guest's number. In MAX it writes to numbers with codes 7 and 375 only; check the number or reach the guest another way.",
  },
  notAPhone: {
    ru: "Не отправлено: GREEN-API пишет по номеру телефона, а в брони его нет. Добавьте телефон в контактную информацию.",
    en: "Not sent: GREEN-API writes to phone numbers, and the booking has none. Add a phone to the contact information.",
  },
  tooLong: {
    ru: "Не отправлено: текст длиннее, чем принимает мессенджер. Сократите message или скройте часть сведений о брони.",
    en: "Not sent: the text is longer than the messenger takes. Shorten message or hide some of the booking's details.",
  },
  otherRefusal: (status: number): Text => ({
    ru: `GREEN-API отказался принять сообщение (код ${status}). Причина записана в ответе на эту попытку; исправьте её и отправьте снова.`,
    en: `GREEN-API refused the message (status ${status}). The reason stands in the answer to this attempt; fix it and send again.`,
  }),
  tooMany: {
    ru: "GREEN-API просит подождать: запросов слишком много. Отправим позже.",
    en: "GREEN-API asks to wait: there are too many requests. It will be sent later.",
  },
  tooManyChecks: {
    ru: "GREEN-API приостановил поиск гостей в MAX по номеру: проверок было слишком много. Новым гостям напишем через два часа, знакомым пишем как обычно.",
    en: "GREEN-API has paused looking up guests in MAX by number: there were too many lookups. New guests are written to in two hours, known ones as usual.",
  },
  neverLeft: ({ apiUrl }: Names): Text => ({
    ru: `GREEN-API недоступен: соединение не установлено. Проверьте адрес в ${apiUrl} и что сервер видит его.`,
    en: `GREEN-API cannot be reached: no connection was made. Check the address in ${apiUrl} and that this server can reach it.`,
  }),
  silent: {
    ru: "GREEN-API не дал понятного ответа, поэтому отправка не начата. Попробуем ещё раз.",
    en: "GREEN-API gave no clear answer, so sending was not begun. It will be tried again.",
  },
  uncertain: {
    ru: "Неясно, дошло ли: GREEN-API не дал понятного ответа на отправку. Посмотрите переписку с гостем в мессенджере, прежде чем отправлять снова.",
    en: "It is unclear whether it arrived: GREEN-API gave no clear answer to the sending. Look at the chat with the guest in the messenger before sending again.",
  },
  strange: (status: number): Text => ({
    ru: `Вместо GREEN-API ответил кто-то другой (код ${status}). Проверьте адрес API инстанса и прокси на пути.`,
    en: `Something other than GREEN-API answered (status ${status}). Check the instance's API address and any proxy on the way.`,
  }),
} as const;

/** What an instance's state means. */
export const stateTexts = {
  notAuthorized: failureTexts.signedOut,
  starting: failureTexts.starting,
  blocked: {
    ru: "Мессенджер заблокировал номер этого инстанса, отправить ничего нельзя. Подключите другой номер в кабинете GREEN-API.",
    en: "The messenger has banned the number of this instance, and nothing can be sent. Connect another number in the GREEN-API console.",
  },
  pendingPassword: {
    ru: "Вход в MAX не закончен: ждёт пароля. Отключите пароль для входа в настройках MAX и войдите заново в кабинете GREEN-API.",
    en: "The sign-in to MAX is not finished: it waits for a password. Switch the sign-in password off in MAX and sign in again in the GREEN-API console.",
  },
  yellowCard: {
    ru: "Мессенджер приостановил отправку с этого номера из-за подозрительной активности. Обычно это проходит само; отправляйте реже и не пишите незнакомым.",
    en: "The messenger has paused sending from this number because of suspicious activity. It usually passes by itself; send less often and do not write to strangers.",
  },
  sleepMode: {
    ru: "Телефон этого инстанса выключен или не в сети. Включите его: до тех пор сообщения не уходят.",
    en: "The phone of this instance is switched off or not on line. Switch it on: until then no message goes out.",
  },
  suspended: {
    ru: "MAX частично ограничил отправку с этого номера: новым собеседникам сообщения могут не уйти. Срок показан в кабинете GREEN-API.",
    en: "MAX has partly restricted sending from this number: messages to new chats may not go out. The GREEN-API console shows until when.",
  },
  suspendedUntil: (until: string): Text => ({
    ru: `MAX частично ограничил отправку с этого номера до ${until} UTC: новым собеседникам сообщения могут не уйти. Дождитесь этого срока.`,
    en: `MAX has partly restricted sending from this number until ${until} UTC: messages to new chats may not go out. Wait until then.`,
  }),
  unknown: {
    ru: "Инстанс GREEN-API в незнакомом состоянии. Отправлять попробуем; откройте инстанс в кабинете GREEN-API и посмотрите, что с ним.",
    en: "The GREEN-API instance is in a state not known here. Sending will be tried; open the instance in the GREEN-API console and see what is wrong.",
  },
} as const;

/** What a check or a reading of parameters found. */
export const checkTexts = {
  nothingToUse: {
    ru: "Не указано, чем отправлять. Задайте apiUrl, idInstance и apiTokenInstance для WhatsApp или те же параметры с Max на конце для MAX.",
    en: "Nothing says what to send with. Give apiUrl, idInstance and apiTokenInstance for WhatsApp, or the same parameters with Max at the end for MAX.",
  },
  missing: (parameter: string, messenger: string): Text => ({
    ru: `Не хватает ${parameter}: для ${messenger} нужны адрес, номер и токен инстанса. Возьмите его в кабинете GREEN-API или уберите остальные.`,
    en: `${parameter} is missing: ${messenger} needs the address, number and token of the instance. Take it from the GREEN-API console or remove the others.`,
  }),
  phoneWithoutMessage: {
    ru: "Задан phone, но нет message: на постоянный номер уходит только текст message. Добавьте message.",
    en: "phone is given without message: a fixed number gets the text of message alone. Add message.",
  },
  unanswered: {
    ru: "GREEN-API не дал понятного ответа на проверку. Повторите проверку через несколько минут.",
    en: "GREEN-API gave no clear answer to the check. Repeat the check in a few minutes.",
  },
  statusesOff: {
    ru: "repeat=true смотрит на статус доставки, а инстанс его не сообщает. Включите в его настройках «Получать уведомления о статусах отправленных сообщений», иначе гости будут получать сообщения дважды.",
    en: "repeat=true looks at the delivery status, and the instance does not tell it. Switch on the notifications about statuses of sent messages in its settings, or guests will get messages twice.",
  },
  messenger: { ru: "Мессенджер", en: "Messenger" },
  instance: { ru: "Инстанс", en: "Instance" },
} as const;

export const listenTexts = {
  foreignWebhook: {
    ru: "Инстанс GREEN-API уже шлёт события другой системе, и мы её не отключаем. Статусы доставки будем спрашивать сами; чтобы получать их сразу, очистите адрес вебхука в кабинете GREEN-API.",
    en: "The GREEN-API instance already sends its events to another system, which we leave in place. Delivery statuses will be asked for; to get them at once, clear the webhook address in the GREEN-API console.",
  },
  unclear: {
    ru: "Неясно, принял ли GREEN-API адрес вебхука. Повторная настройка безопасна.",
    en: "It is unclear whether GREEN-API took the webhook address. Setting it again is safe.",
  },
} as const satisfies Record<string, Text>;
