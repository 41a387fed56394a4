import type { Language, Text } from "#domain/text.ts";

/** The words of the check's page. */
export const words = {
  success: { ru: "Успешно", en: "Success" },
  withWarnings: { ru: "Успешно, есть предупреждения", en: "Success, with warnings" },
  wrong: { ru: "Неверные параметры", en: "Wrong parameters" },
  error: { ru: "Ошибка", en: "Error" },
  next: {
    ru: "Этот адрес можно ставить в сервис записи: события брони он принимает по POST.",
    en: "This address can be put into the booking service: it takes booking events by POST.",
  },
  later: {
    ru: "Событие брони, которое придёт сейчас, сохранится и не пропадёт, но сделать по нему ничего не получится.",
    en: "A booking event that comes now is kept and not lost, but nothing can be done for it.",
  },
  mend: {
    ru: "Исправьте то, что ниже, в адресе вебхука и откройте его ещё раз.",
    en: "Mend what stands below in the hook's address and open it again.",
  },
  again: {
    ru: "Сделайте то, что написано ниже, и откройте этот адрес ещё раз.",
    en: "Do what stands below and open this address again.",
  },
  toMend: { ru: "Что исправить", en: "What to mend" },
  toMind: { ru: "На что обратить внимание", en: "What to mind" },
  sample: { ru: "На примере брони", en: "On a sample booking" },
  parameters: { ru: "Параметры", en: "Parameters" },
  name: { ru: "Имя", en: "Name" },
  value: { ru: "Значение", en: "Value" },
  meaning: { ru: "Что означает", en: "Meaning" },
  required: { ru: "Нужно указать", en: "To be given" },
  given: { ru: "Указаны в адресе", en: "Given in the address" },
  byDefault: { ru: "По умолчанию", en: "By default" },
  absent: { ru: "Не заданы", en: "Not set" },
  hidden: { ru: "скрыто", en: "hidden" },
  needed: { ru: "нужно указать", en: "is needed" },
  notSet: { ru: "не задано", en: "not set" },
  empty: { ru: "пусто", en: "empty" },
  markWrong: { ru: "Исправьте", en: "To mend" },
  markError: { ru: "Ошибка", en: "Error" },
  markWarning: { ru: "Предупреждение", en: "Warning" },
  forPrograms: {
    ru: "Ответ программам",
    en: "Answer to programs",
  },
} as const satisfies Record<string, Text>;

/** The words of the preview. */
export const previewWords = {
  code: { ru: "Код доступа", en: "Access code" },
  example: { ru: "пример, настоящие цифры случайны", en: "an example, real digits are random" },
  from: { ru: "Действует с", en: "Works from" },
  to: { ru: "Действует до", en: "Works until" },
  locks: { ru: "Замки", en: "Locks" },
  fromBooking: {
    ru: "из ресурсов брони; в примере",
    en: "from the booking's resources; in the sample",
  },
  removed: { ru: "Удалится с замка", en: "Deleted from the lock" },
  description: { ru: "В описании заказа", en: "In the order's description" },
  toGuest: { ru: "Сообщение гостю", en: "Message to the guest" },
  toPhone: { ru: "Сообщение на постоянный номер", en: "Message to the fixed number" },
  nothing: {
    ru: "Текст пуст: задайте message.",
    en: "The text is empty: set message.",
  },
  noCode: {
    ru: "Для такой брони код не создаётся.",
    en: "No code is made for such a booking.",
  },
} as const satisfies Record<string, Text>;

/** A number with its word. */
export function count(
  number: number,
  language: Language,
  forms: Readonly<Record<Language, Partial<Record<Intl.LDMLPluralRule, string>>>>,
): string {
  const rule = new Intl.PluralRules(language).select(number);
  return `${number} ${forms[language][rule] ?? forms[language].other ?? ""}`;
}

export const warningForms = {
  ru: { one: "предупреждение", few: "предупреждения", many: "предупреждений" },
  en: { one: "warning", other: "warnings" },
} as const;

export const faultForms = {
  ru: { one: "ошибка", few: "ошибки", many: "ошибок" },
  en: { one: "fault", other: "faults" },
} as const;

export const partForms = {
  ru: { one: "часть", few: "части", many: "частей" },
  en: { one: "part", other: "parts" },
} as const;
