import type { Text } from "#domain/text.ts";

export const lock: Text = { ru: "Замок", en: "Lock" };
export const lockOfAccount: Text = { ru: "Замок аккаунта", en: "Lock of the account" };
export const battery: Text = { ru: "Батарея замка", en: "Lock's battery" };
export const onlineGateway: Text = { ru: "Шлюз в сети", en: "Gateway, online" };
export const offlineGateway: Text = { ru: "Шлюз не в сети", en: "Gateway, offline" };
export const zone: Text = { ru: "Часовой пояс замка", en: "Lock's time zone" };

export const aboutLock = (lockId: string, what: Text): Text => ({
  ru: `Замок ${lockId}: ${what.ru}`,
  en: `Lock ${lockId}: ${what.en}`,
});

export const lockIdIsNoNumber = (lockId: string): Text => ({
  ru: `Номер замка состоит только из цифр, а указано <${lockId}>.`,
  en: `A lock's number has digits only; given is <${lockId}>.`,
});

export const noCustomCodes = (lockId: string): Text =>
  aboutLock(lockId, {
    ru: "не принимает свои коды (нужны коды версии 4). Замените замок или обновите его прошивку в приложении TTLock.",
    en: "it takes no codes of your own (passcode version 4 is needed). Replace the lock or update its firmware in the TTLock app.",
  });

export const frozen = (lockId: string): Text =>
  aboutLock(lockId, {
    ru: "заморожен. Разморозьте его в приложении TTLock.",
    en: "it is frozen. Unfreeze it in the TTLock app.",
  });

export const noGateway = (lockId: string): Text =>
  aboutLock(lockId, {
    ru: "у него нет шлюза, поэтому код не поставить удалённо. Добавьте шлюз в приложении TTLock и поставьте его рядом с замком.",
    en: "it has no gateway, so no code can be set from afar. Add a gateway in the TTLock app and place it near the lock.",
  });

export const gatewayHeardNothing = (lockId: string): Text =>
  aboutLock(lockId, {
    ru: "за последние полчаса его не слышал ни один шлюз. Проверьте питание шлюза и расстояние до замка.",
    en: "no gateway has heard it in the last half hour. Check the gateway's power and its distance to the lock.",
  });

export const gatewayOffline = (lockId: string, names: string): Text =>
  aboutLock(lockId, {
    ru: `его шлюз (${names}) сейчас не в сети. Коды встанут, когда шлюз вернётся: проверьте его питание и интернет.`,
    en: `its gateway (${names}) is offline now. Codes will be set when it is back: check its power and internet connection.`,
  });

export const lowBattery = (lockId: string, percent: number): Text =>
  aboutLock(lockId, {
    ru: `батарея почти разряжена (${percent}%). Замените батареи.`,
    en: `the battery is almost empty (${percent}%). Replace the batteries.`,
  });

export const oddZone = (lockId: string): Text =>
  aboutLock(lockId, {
    ru: "часовой пояс не задан или задан странно, коды могут сдвинуться на часы. Задайте пояс замка в приложении TTLock.",
    en: "its time zone is unset or odd, so codes may be hours off. Set the lock's zone in the TTLock app.",
  });

export const lockIsSilent = (lockId: string, why: Text): Text =>
  aboutLock(lockId, {
    ru: `сейчас не отвечает через шлюз. ${why.ru}`,
    en: `it does not answer through the gateway now. ${why.en}`,
  });

export const lockClockOff = (lockId: string, minutes: number): Text =>
  aboutLock(lockId, {
    ru: `часы замка ${minutes > 0 ? "спешат" : "отстают"} на ${Math.abs(minutes)} мин. Поправьте время замка в приложении TTLock.`,
    en: `its clock is ${Math.abs(minutes)} min ${minutes > 0 ? "fast" : "slow"}. Set the lock's time in the TTLock app.`,
  });

export const ownClockOff = (minutes: number): Text => ({
  ru: `Часы сервера ${minutes < 0 ? "спешат" : "отстают"} на ${Math.abs(minutes)} мин от часов TTLock. Включите на сервере синхронизацию времени (NTP).`,
  en: `The server's clock is ${Math.abs(minutes)} min ${minutes < 0 ? "ahead of" : "behind"} TTLock's. Turn on time synchronisation (NTP) on the server.`,
});

export const digitsAllAlike: Text = {
  ru: "В codeDigits нужны хотя бы две разные цифры.",
  en: "codeDigits needs at least two different digits.",
};

export const lockIdFromBooking: Text = {
  ru: "lockId не указан: замок берётся из ресурсов брони, по артикулу lockId_<номер> или тегу <номер>:lockId.",
  en: "lockId is not given: the lock is taken from the booking's resources, by the article lockId_<number> or the tag <number>:lockId.",
};

export const shortCode: Text = {
  ru: "Код короче 6 цифр легко подобрать. Поставьте codeLength=6 или больше.",
  en: "A code of fewer than 6 digits is easy to guess. Set codeLength=6 or more.",
};

export const fewCodes: Text = {
  ru: "Из таких codeDigits и codeLength выходит меньше 1000 разных кодов. Добавьте цифр или удлините код.",
  en: "These codeDigits and codeLength give fewer than 1000 different codes. Add digits or lengthen the code.",
};

export const templateWithoutCode: Text = {
  ru: "В templateMsg нет [passcode]: в описании заказа кода не будет.",
  en: "templateMsg has no [passcode]: the order's description will not show the code.",
};
