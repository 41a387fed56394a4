/** What the page says: Russian, English. */
export const texts = {
  title: ["Брони", "Bookings"],
  live: ["На связи", "Live"],
  connecting: ["Подключаемся", "Connecting"],
  mails: ["Письма", "Mails"],
  intake: ["Входящие события", "Incoming events"],
  close: ["Закрыть", "Close"],
  back: ["К списку броней", "To the bookings"],
  retry: ["Повторить", "Try again"],
  more: ["Показать ещё", "Show more"],
  loading: ["Загружаем…", "Loading…"],
  choose: [
    "Выберите бронь слева: здесь появятся её коды, сообщения и всё, что с ней было.",
    "Choose a booking on the left: its codes, messages and whole story appear here.",
  ],
  empty: [
    "Броней пока нет. Они появятся здесь, как только сервис записи пришлёт событие. Попробовать можно сейчас:",
    "There are no bookings yet. They appear here as soon as the booking service sends an event. You can try one now:",
  ],
  emptyCommand: ["concierge hooks try '<адрес вебхука>'", "concierge hooks try '<hook address>'"],
  away: [
    "Сервер не отвечает. Проверьте, что он запущен и что сеть есть; мы пробуем снова сами.",
    "The server does not answer. See that it is running and that there is a network; we try again by ourselves.",
  ],
  failed: [
    "Не удалось прочитать данные: на сервере ошибка, она записана в его журнал.",
    "The data could not be read: the server had a fault and wrote it to its log.",
  ],
  missing: [
    "Такой брони нет. Возможно, ссылка устарела: выберите бронь в списке.",
    "There is no such booking. The link may be old: choose a booking in the list.",
  ],
  forbidden: [
    "Этому токену нельзя смотреть брони: у него нет права read. Введите другой.",
    "This token may not look at bookings: it lacks the scope read. Enter another one.",
  ],
  tokenTitle: ["Нужен токен", "A token is needed"],
  token: [
    "Страница показывает брони гостей, поэтому открыта не всем. Токен печатает сервер:",
    "This page shows guests' bookings, so it is not open to everybody. The server prints a token:",
  ],
  tokenLabel: ["Токен", "Token"],
  tokenKept: ["Он останется только в этой вкладке.", "It stays in this tab only."],
  tokenWrong: ["Этот токен не подошёл.", "This token does not fit."],
  enter: ["Войти", "Enter"],
  requestId: ["Номер запроса", "Request id"],
  codes: ["Коды доступа", "Access codes"],
  messages: ["Сообщения", "Messages"],
  timeline: ["Что было", "What happened"],
  noCodes: ["Кодов у этой брони нет.", "This booking has no codes."],
  noMessages: ["Сообщений по этой брони нет.", "There are no messages about this booking."],
  noTimeline: ["Событий пока нет.", "Nothing has happened yet."],
  lock: ["Замок", "Lock"],
  kept: ["удалится", "deleted"],
  reveal: ["Показать код", "Show the code"],
  hide: ["Скрыть", "Hide"],
  copy: ["Скопировать код", "Copy the code"],
  copied: ["Код скопирован", "The code is copied"],
  hidden: ["код скрыт", "the code is hidden"],
  offline: ["запасной код замка", "the lock's spare code"],
  revoked: ["отзывается", "being revoked"],
  attempt: ["Попытка", "Attempt"],
  attempts: ["Подробности", "Details"],
  noAnswer: ["ответа нет", "no answer"],
  running: ["идёт", "running"],
  retryAt: ["не дошло, повторим в", "not delivered, next try at"],
  codeRetryAt: ["не вышло, повторим в", "did not work, next try at"],
  noMails: ["Писем об ошибках не было.", "There were no mails about trouble."],
  noIntake: ["Событий ещё не приходило.", "No events have come yet."],
  mailsNote: [
    "Письма, которые не ушли, потому что почтовый сервер не настроен (SMTP_URL), остаются здесь.",
    "Mails that could not leave because no mail server is set (SMTP_URL) are kept here.",
  ],
  replay: ["Повторить после исправления:", "To replay after the fix:"],
  booking: ["бронь", "booking"],
  bookingOf: ["Бронь", "Booking"],
  noNumber: ["без номера", "no number"],
  noTime: ["время не указано", "no time"],
  language: ["English", "Русский"],
  hookWord: ["вебхук", "hook"],
  receipts: ["статусы сообщений", "message statuses"],
};

/** States by what they are states of. */
export const kinds = {
  booking: {
    open: ["действует", "booked"],
    completed: ["завершена", "over"],
    cancelled: ["отменена", "cancelled"],
    rejected: ["отклонена", "rejected"],
    unknown: ["состояние неизвестно", "state unknown"],
  },
  trouble: {
    waiting: ["в работе", "under way"],
    trouble: ["есть трудности", "in trouble"],
    failed: ["не удалось", "failed"],
  },
  lock: {
    planned: ["в очереди", "queued"],
    writing: ["записывается в замок", "being written"],
    confirmed: ["в замке, проверено", "in the lock, checked"],
    offline: ["запасной код, шлюз не нужен", "spare code, needs no gateway"],
    failed: ["не удалось поставить", "could not be set"],
    removing: ["удаляется из замка", "being deleted"],
    removed: ["удалён из замка", "deleted from the lock"],
  },
  delivery: {
    queued: ["в очереди", "queued"],
    retrying: ["не дошло, повторим", "not delivered, will be tried again"],
    held: ["ждёт, пока канал заработает", "held until the channel works"],
    sent: ["отправлено", "sent"],
    "handed-over": ["передано каскаду", "handed over"],
    delivered: ["доставлено", "delivered"],
    read: ["прочитано", "read"],
    refused: ["отклонено", "refused"],
    expired: ["не дошло вовремя", "not delivered in time"],
    uncertain: ["неясно, дошло ли", "unclear whether it arrived"],
    cancelled: ["отменено", "cancelled"],
  },
  act: {
    send: ["отправка", "sending"],
    settle: ["сверка", "finding out"],
    describe: ["сведения о замке", "reading the lock"],
    add: ["запись кода", "writing the code"],
    move: ["перенос срока", "moving the code"],
    delete: ["удаление кода", "deleting the code"],
    confirm: ["проверка в замке", "reading back"],
    offline: ["запасной код", "spare code"],
  },
  outcome: {
    accepted: ["принято", "accepted"],
    refused: ["отклонено", "refused"],
    unreachable: ["не дошло", "did not arrive"],
    uncertain: ["неясно, дошло ли", "unclear"],
  },
  mark: {
    fact: ["сообщение", "fact"],
    waiting: ["в работе", "under way"],
    done: ["сделано", "done"],
    trouble: ["трудности", "trouble"],
    failed: ["не удалось", "failed"],
    uncertain: ["неясно", "unclear"],
  },
  notice: {
    open: ["собирается", "gathering"],
    sent: ["отправлено", "sent"],
    kept: ["не отправлено, хранится здесь", "not sent, kept here"],
    refused: ["почтовый сервер не принял", "refused by the mail server"],
  },
  intake: {
    received: ["принято, в работе", "accepted, under way"],
    done: ["обработано", "done"],
    superseded: ["устарело: уже известна более новая версия", "superseded by a newer version"],
    repeated: ["повтор: уже сделано", "repeated: done before"],
    quarantined: ["в карантине", "in quarantine"],
  },
};

let language = "ru";

export const getLanguage = () => language;

export function setLanguage(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
}

const pick = ([ru, en]) => (language === "ru" ? ru : en);

export const say = (name) => pick(texts[name]);

/** The word for a state; one that this page does not know is shown as it came. */
export const word = (kind, state) => {
  const known = kinds[kind][state];
  return known ? pick(known) : String(state ?? "");
};

/** A sentence that the server composed in both languages. */
export const told = (text) => text?.[language] ?? "";
