import { bookingSources } from "#booking-sources/registry.ts";
import { cutQuery } from "#platform/log/redact-url.ts";
import {
  CommandFailed,
  exitCodes,
  textOf,
  UsageError,
  type Call,
  type Command,
} from "./command.ts";
import { findBaseUrl, readSettings } from "./desk.ts";

export const hooksTry: Command = {
  usage: "<url or id> [--phone N] [--telegram-id N] [--lock-id N]",
  about: {
    en: "Sends a sample booking to a hook: a real code is made, real messages go out.",
    ru: "Отправляет вебхуку пробную бронь: код и сообщения будут настоящими.",
  },
  options: {
    phone: { type: "string" },
    "telegram-id": { type: "string" },
    "lock-id": { type: "string" },
  },
  words: 1,
  run: async (call) => {
    const url = await readTarget(call);
    const guest = readGuest(call);
    if (guest.phone === undefined && guest.telegramId === undefined)
      call.terminal.note("warning", inventedGuest);
    const event = bookingSources.torrow.sampleEvent({ now: Date.now(), ...guest });
    const answer = await call.terminal.during(sending, () => post(url, JSON.stringify(event)));
    if (!answer.ok) throw refused(answer.status, await shorten(answer));
    call.terminal.say("good", accepted(await eventIdOf(answer)));
    return exitCodes.ok;
  },
};

async function readTarget(call: Call): Promise<string> {
  const [word = ""] = call.words;
  if (/^[\w-]{1,64}$/.test(word))
    return `${await findBaseUrl(readSettings(call).config)}/webhook/h/${word}`;
  if (URL.canParse(word) && /^https?:$/.test(new URL(word).protocol)) return word;
  throw new UsageError({
    en: "This is neither a hook's URL nor the id of a kept hook. Put a URL in single quotes.",
    ru: "Это не адрес вебхука и не id сохранённого вебхука. Возьмите адрес в одинарные кавычки.",
  });
}

function readGuest(call: Call) {
  const [phone, telegramId, lockId] = ["phone", "telegram-id", "lock-id"].map((name) =>
    textOf(call, name),
  );
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(telegramId === undefined ? {} : { telegramId }),
    ...(lockId === undefined ? {} : { lockId }),
  };
}

const patienceMs = 20_000;

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (cause) {
    throw unreachable(cutQuery(url), cause);
  }
}

/** As the server answers an event: with its id. A server of others may answer anything. */
async function eventIdOf(answer: Response): Promise<string | undefined> {
  const body: unknown = await answer.json().catch(() => undefined);
  const id = typeof body === "object" && body !== null && "EventId" in body && body.EventId;
  return typeof id === "string" ? id : undefined;
}

async function shorten(answer: Response): Promise<string> {
  return (await answer.text()).replaceAll(/\s+/g, " ").slice(0, 300);
}

const inventedGuest = {
  en: "The sample's guest is invented, so messengers will refuse the message. To get it yourself: --phone N or --telegram-id N.",
  ru: "Гость в пробной брони вымышленный, поэтому мессенджер откажется от сообщения. Чтобы получить его самому: --phone N или --telegram-id N.",
};

const sending = { en: "Sending a sample booking...", ru: "Отправляем пробную бронь..." };

function accepted(id: string | undefined) {
  return id === undefined
    ? { en: "The hook accepted the sample booking.", ru: "Вебхук принял пробную бронь." }
    : {
        en: `The hook accepted the sample booking. What became of it: concierge intake show ${id}`,
        ru: `Вебхук принял пробную бронь. Что с ней стало: concierge intake show ${id}`,
      };
}

function refused(status: number, said: string): CommandFailed {
  return new CommandFailed({
    en: `The hook refused the sample booking with status ${status}: ${said}`,
    ru: `Вебхук не принял пробную бронь, статус ${status}: ${said}`,
  });
}

function unreachable(url: string, cause: unknown): CommandFailed {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = inner instanceof Error ? inner.message : String(inner);
  return new CommandFailed(
    {
      en: `Nobody answers at ${url} (${why}). Start the server, or check the address.`,
      ru: `По адресу ${url} никто не отвечает (${why}). Запустите сервер или проверьте адрес.`,
    },
    { cause },
  );
}
