import type { Text } from "#domain/text.ts";

export type ProblemName = keyof typeof problems;

interface Row {
  readonly status: number;
  readonly title: Text;
}

/** Each status that we answer, once. The title says what happened and what to do. */
export const problems = {
  bad_request: {
    status: 400,
    title: {
      en: "The request could not be read. Check what was sent and try again.",
      ru: "Запрос не удалось прочитать. Проверьте, что отправлено, и повторите.",
    },
  },
  unauthenticated: {
    status: 401,
    title: {
      en: "The server does not know who is asking. Sign in or check the key.",
      ru: "Сервер не знает, кто обращается. Войдите или проверьте ключ.",
    },
  },
  forbidden: {
    status: 403,
    title: {
      en: "This is not allowed to you. Ask the owner of the workspace for access.",
      ru: "Вам это не разрешено. Попросите доступ у владельца рабочего пространства.",
    },
  },
  not_found: {
    status: 404,
    title: {
      en: "There is nothing at this address. Check it for a typing mistake.",
      ru: "По этому адресу ничего нет. Проверьте, нет ли в нём опечатки.",
    },
  },
  method_not_allowed: {
    status: 405,
    title: {
      en: "This address takes another method. The Allow header lists those that it takes.",
      ru: "Этот адрес принимает другой метод. Подходящие перечислены в заголовке Allow.",
    },
  },
  request_timeout: {
    status: 408,
    title: {
      en: "The request came in too slowly and was given up. Send it again.",
      ru: "Запрос приходил слишком медленно, и сервер перестал его ждать. Отправьте ещё раз.",
    },
  },
  conflict: {
    status: 409,
    title: {
      en: "This has changed in the meantime. Load it again and repeat.",
      ru: "За это время данные изменились. Загрузите их заново и повторите.",
    },
  },
  body_too_large: {
    status: 413,
    title: {
      en: "The request is larger than this server takes. Send less at once.",
      ru: "Запрос больше, чем принимает этот сервер. Отправьте меньше за один раз.",
    },
  },
  url_too_long: {
    status: 414,
    title: {
      en: "The address is longer than 16 KB. Shorten its parameters.",
      ru: "Адрес длиннее 16 КБ. Сократите его параметры.",
    },
  },
  unsupported_media_type: {
    status: 415,
    title: {
      en: "The server does not take this kind of content. Send JSON.",
      ru: "Сервер не принимает такой вид содержимого. Отправьте JSON.",
    },
  },
  too_many_requests: {
    status: 429,
    title: {
      en: "There were too many requests. Wait a little and try again.",
      ru: "Запросов слишком много. Немного подождите и повторите.",
    },
  },
  internal_error: {
    status: 500,
    title: {
      en: "Something broke on our side. It is written down; quote the request id when you ask about it.",
      ru: "Что-то сломалось на нашей стороне. Сбой записан; если будете спрашивать о нём, назовите номер запроса.",
    },
  },
  unavailable: {
    status: 503,
    title: {
      en: "The server cannot take this right now. Try again in a moment.",
      ru: "Сейчас сервер не может это принять. Повторите чуть позже.",
    },
  },
} as const satisfies Record<string, Row>;
