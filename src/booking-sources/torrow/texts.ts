import type { Text } from "#domain/text.ts";

/** What is said of the REST API's answers: what happened, why, what to do. */
export const said = {
  away: {
    ru: "Torrow не отвечает. Повторим позже.",
    en: "Torrow does not answer. We will try again later.",
  },
  broken: {
    ru: "Torrow ответил ошибкой. Повторим позже.",
    en: "Torrow answered with an error. We will try again later.",
  },
  busy: {
    ru: "Torrow просит обращаться реже. Повторим позже.",
    en: "Torrow asks for fewer calls. We will try again later.",
  },
  notTaken: {
    ru: "Описание заказа в Torrow не изменилось. Повторим позже.",
    en: "The order's description in Torrow did not change. We will try again later.",
  },
  uncertain: {
    ru: "Неясно, записалось ли описание заказа: Torrow не ответил. Повторная запись безопасна.",
    en: "It is not clear whether the order's description was written: Torrow did not answer. Writing it again is safe.",
  },
  signIn: {
    ru: "Torrow не принял токен. Выпустите новый в профиле: Настройки, Интеграции, и задайте CONCIERGE_TORROW_TOKEN.",
    en: "Torrow did not take the token. Make a new one in the profile, Settings, Integrations, and set CONCIERGE_TORROW_TOKEN.",
  },
  noPermission: {
    ru: "У владельца токена нет прав на этот заказ. Назначьте его руководителем или исполнителем услуги.",
    en: "The token's owner has no right to this order. Make them a manager or an executor of the service.",
  },
  missing: {
    ru: "Заказа в Torrow больше нет.",
    en: "The order is no longer in Torrow.",
  },
  invalid: {
    ru: "Torrow не принял изменение описания заказа. Проверьте заказ и текст templateMsg.",
    en: "Torrow did not take the change of the order's description. Check the order and the text of templateMsg.",
  },
  tooLong: {
    ru: "Описание заказа вместе с кодом длиннее 2000 знаков. Сократите описание или templateMsg.",
    en: "The order's description together with the code is over 2000 characters. Shorten it or templateMsg.",
  },
} as const satisfies Record<string, Text>;
