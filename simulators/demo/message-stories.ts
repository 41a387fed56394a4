import type { Text } from "#domain/text.ts";
import { book, type Guest } from "./orders.ts";
import type { Stage } from "./stage.ts";

interface Messenger {
  readonly number: number;
  readonly hook: "greenApi" | "wappi" | "wazzup24";
  readonly name: Text;
  readonly state: "read" | "handed-over";
  readonly end: Text;
}

const isRead: Text = {
  en: "Sent, delivered, read: each was told as it came.",
  ru: "Отправлено, доставлено, прочитано: каждый статус пришёл и записан.",
};

const messengers: readonly Messenger[] = [
  {
    number: 182,
    hook: "greenApi",
    name: { en: "WhatsApp through GREEN-API", ru: "WhatsApp через GREEN-API" },
    state: "read",
    end: isRead,
  },
  {
    number: 183,
    hook: "wappi",
    name: {
      en: "a cascade of Wappi (WhatsApp, then SMS)",
      ru: "каскад Wappi (WhatsApp, затем SMS)",
    },
    state: "handed-over",
    end: {
      en: "Handed over. A cascade tells no more than that, so no more is claimed.",
      ru: "Передано каскаду. Больше он не сообщает, поэтому и мы не обещаем большего.",
    },
  },
  {
    number: 184,
    hook: "wazzup24",
    name: { en: "WhatsApp through Wazzup24", ru: "WhatsApp через Wazzup24" },
    state: "read",
    end: isRead,
  },
];

const maria: Guest = {
  name: "Мария Примерова",
  phone: "8 (900) 000-00-03",
  telegramId: "100000013",
};
const ivan: Guest = { name: "Иван Примеров", phone: "8 (900) 000-00-04", telegramId: "100000014" };

/** A booking tells its guest through three vendors, one after another. */
export async function playMessengers(stage: Stage): Promise<void> {
  for (const messenger of messengers) {
    await playMessenger(stage, messenger);
    await stage.pause();
  }
}

async function playMessenger(
  stage: Stage,
  { number, hook, name, state, end }: Messenger,
): Promise<void> {
  const { studio, hooks } = stage;
  const order = book(studio, { number, guest: maria, fromHour: 18, hours: 1, room: "Студия" });
  stage.tell("told", {
    en: `Maria books an hour; her message goes by ${name.en}.`,
    ru: `Мария бронирует час; сообщение для неё: ${name.ru}.`,
  });
  await studio.torrow.emit(order.id, undefined, hooks[hook]);
  await stage.sees(order, {
    what: {
      en: "the messenger tells what became of it",
      ru: "мессенджер сообщит, что с ним стало",
    },
    isSo: ({ deliveries }) => deliveries.some((delivery) => delivery.state === state),
  });
  stage.tell("good", end);
}

/** A guest has blocked the bot: it is said at once, and a mail is kept. */
export async function playRefused(stage: Stage): Promise<void> {
  const { studio, hooks, api } = stage;
  studio.telegram.block(ivan.telegramId);
  const order = book(studio, { number: 185, guest: ivan, fromHour: 20, hours: 2, room: "Студия" });
  stage.tell("told", {
    en: "Ivan books the evening. He has blocked the studio's bot in Telegram.",
    ru: "Иван бронирует вечер. Бота студии в Telegram он заблокировал.",
  });
  await studio.torrow.emit(order.id, undefined, hooks.telegram);
  const { deliveries } = await stage.sees(order, {
    what: { en: "Telegram refuses", ru: "Telegram откажет" },
    isSo: ({ deliveries }) => deliveries.some(({ state }) => state === "refused"),
  });
  const detail = deliveries.find(({ state }) => state === "refused")?.detail;
  stage.tell("bad", {
    en: `The message is refused and is not tried again. ${detail?.en ?? ""}`,
    ru: `Сообщение отклонено, повторять его незачем. ${detail?.ru ?? ""}`,
  });
  await stage.awaits(
    { en: "a mail about it is written", ru: "будет написано письмо об этом" },
    async () => ((await api.notices()).length > 0 ? true : undefined),
  );
  stage.tell("good", {
    en: "A mail to owner@example.org says so. The demo has no mail server: find it under Mails.",
    ru: "Об этом есть письмо для owner@example.org. Почтового сервера у демонстрации нет: оно в разделе «Письма».",
  });
}
