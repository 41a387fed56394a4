import type { z } from "zod";
import type { LockOutcome } from "../lock.ts";
import type { ApiAnswer } from "./client.ts";
import { faults } from "./faults.ts";

export type LockFailure = Exclude<LockOutcome<never>, { readonly outcome: "accepted" }>;

/** A call that only reads, or whose effect harms nobody, is never uncertain: it may be repeated. */
export type Effect = "reads" | "writes";

/** The vendor's answer as one of the four outcomes; a success is read by `shape`. */
export function toOutcome<Value>(
  answer: ApiAnswer,
  expected: { readonly shape: z.ZodType<Value>; readonly effect: Effect },
): LockOutcome<Value> {
  if (answer.kind !== "done") return toFailure(answer, expected.effect);
  const read = expected.shape.safeParse(answer.body);
  return read.success
    ? { outcome: "accepted", value: read.data }
    : doubt(expected.effect, {
        ru: "TTLock ответил не так, как описано в его документации.",
        en: "TTLock's answer is not as its documentation says.",
      });
}

/** What became of a call that did not succeed. */
export function toFailure(
  answer: Exclude<ApiAnswer, { readonly kind: "done" }>,
  effect: Effect,
): LockFailure {
  switch (answer.kind) {
    case "refused":
      return ofErrcode(answer.errcode, effect);
    case "no-token":
      return toFailure(answer.because, "reads");
    case "not-configured":
      return notConfigured;
    case "strange":
      return {
        outcome: "unreachable",
        detail: {
          ru: `Вместо TTLock ответил кто-то другой (HTTP ${answer.status}). Проверьте CONCIERGE_API_BASE_TTLOCK и прокси.`,
          en: `Something else answered in place of TTLock (HTTP ${answer.status}). Check CONCIERGE_API_BASE_TTLOCK and the proxy.`,
        },
        ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
      };
    case "never-left":
      return {
        outcome: "unreachable",
        detail: {
          ru: "Не удалось связаться с TTLock. Проверьте, что сервер выходит в интернет.",
          en: "TTLock could not be reached. Check the server's internet connection.",
        },
      };
    case "unknown":
      return doubt(effect, {
        ru: "Ответ TTLock не дошёл.",
        en: "TTLock's answer did not arrive.",
      });
  }
}

const notConfigured: LockFailure = {
  outcome: "refused",
  because: "application",
  detail: {
    ru: "На сервере не задано приложение TTLock. Задайте CONCIERGE_TTLOCK_CLIENT_ID и CONCIERGE_TTLOCK_CLIENT_SECRET и перезапустите сервер.",
    en: "The server has no TTLock application. Set CONCIERGE_TTLOCK_CLIENT_ID and CONCIERGE_TTLOCK_CLIENT_SECRET and restart the server.",
  },
};

function ofErrcode(errcode: number, effect: Effect): LockFailure {
  const fault = faults[String(errcode)];
  if (!fault)
    return doubt(effect, {
      ru: `TTLock ответил неизвестной ошибкой ${errcode}.`,
      en: `TTLock answered with an unknown error ${errcode}.`,
    });
  switch (fault.kind) {
    case "refused":
      return { outcome: "refused", because: fault.because, detail: fault.detail };
    case "later": {
      const { kind: _, ...rest } = fault;
      return { outcome: "unreachable", ...rest };
    }
    case "doubtful":
      return doubt(effect, fault.detail);
  }
}

function doubt(effect: Effect, detail: LockFailure["detail"]): LockFailure {
  if (effect === "reads") return { outcome: "unreachable", detail };
  return {
    outcome: "uncertain",
    detail: {
      ru: `${detail.ru} Неизвестно, выполнена ли команда: посмотрите список кодов замка.`,
      en: `${detail.en} Whether the command was carried out is not known: look at the lock's list of codes.`,
    },
  };
}
