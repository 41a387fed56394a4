/** What stands in a `/webhook/ttlock` URL beside the parameters common to all hooks. */
export const parameters = [
  {
    name: "username",
    kind: "text",
    isRequired: true,
    max: 200,
    meaning: {
      ru: "Логин в приложении TTLock: почта или телефон.",
      en: "Login of the TTLock app: e-mail or phone.",
    },
  },
  {
    name: "password",
    kind: "text",
    isRequired: true,
    isSecret: true,
    max: 200,
    meaning: { ru: "Пароль в приложении TTLock.", en: "Password of the TTLock app." },
  },
  {
    name: "lockId",
    kind: "digits",
    min: 1,
    max: 18,
    meaning: {
      ru: "Номер замка. Если его нет, номер берётся из ресурса брони: артикул lockId_11432744 или тег 11432744:lockId.",
      en: "The lock's number. Without it the number comes from the booking's resource: article lockId_11432744 or tag 11432744:lockId.",
    },
  },
  {
    name: "codeLength",
    kind: "integer",
    min: 4,
    max: 9,
    default: "6",
    meaning: { ru: "Сколько цифр в коде.", en: "How many digits a code has." },
  },
  {
    name: "codeDigits",
    kind: "digits",
    min: 2,
    max: 10,
    default: "0123456789",
    meaning: {
      ru: "Из каких цифр составлять код, не меньше двух разных.",
      en: "The digits that a code is made of, at least two different ones.",
    },
  },
  {
    name: "keepHours",
    kind: "integer",
    min: 0,
    max: 8760,
    default: "120",
    meaning: {
      ru: "Через сколько часов после окончания срока код удаляется с замка.",
      en: "How many hours after its end a code is deleted from the lock.",
    },
  },
  {
    name: "validBeforeMinutes",
    kind: "integer",
    min: -10_080,
    max: 10_080,
    default: "0",
    meaning: {
      ru: "За сколько минут до начала брони код начинает действовать. Отрицательное число: через столько минут после начала.",
      en: "How many minutes before the booking's start a code becomes valid. Negative: so many minutes after the start.",
    },
  },
  {
    name: "expiredBeforeMinutes",
    kind: "integer",
    min: -10_080,
    max: 10_080,
    default: "0",
    meaning: {
      ru: "За сколько минут до конца брони код перестаёт действовать. Отрицательное число: через столько минут после конца.",
      en: "How many minutes before the booking's end a code stops working. Negative: so many minutes after the end.",
    },
  },
  {
    name: "errorEmail",
    kind: "email",
    isRequired: true,
    meaning: {
      ru: "Куда писать, если код не удалось поставить или удалить.",
      en: "Where to write when a code could not be set or deleted.",
    },
  },
  {
    name: "templateMsg",
    kind: "text",
    min: 1,
    max: 2000,
    default: "*** Код доступа [passcode]# <br>Код действителен [interval] ***",
    meaning: {
      ru: "Текст для описания заказа. [passcode] заменяется кодом, [interval] сроком его действия.",
      en: "Text for the order's description. [passcode] becomes the code, [interval] its validity.",
    },
  },
  {
    name: "timezone",
    aliases: ["time_zone"],
    kind: "timezone",
    default: "Europe/Moscow",
    meaning: {
      ru: "Часовой пояс, в котором показывается срок действия кода.",
      en: "Time zone in which a code's validity is shown.",
    },
  },
  {
    name: "timezone_name",
    aliases: ["time_zone_name"],
    kind: "text",
    max: 40,
    meaning: {
      ru: "Подпись пояса в скобках после времени. Если её нет, для Москвы пишется «Мск», иначе краткое имя пояса.",
      en: "Label of the zone in brackets after a time. Without it: Мск for Moscow, else the zone's own short name.",
    },
  },
  {
    name: "offlineFallback",
    kind: "boolean",
    default: "false",
    meaning: {
      ru: "Если шлюз не появился до начала брони, взять код от самого TTLock: он работает без шлюза, но только целыми часами.",
      en: "When the gateway stays away until the booking begins, use TTLock's own code: it needs no gateway but keeps to whole hours.",
    },
  },
] as const;
