import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { CodeLock } from "./access-codes.store.ts";
import { wishOf, type StepRun } from "./step-run.ts";
import { wishKey } from "./timing.ts";

/** Tells a person, once for each wish, that a lock has no code and why. Gives the lock with that written down. */
export async function raiseAlarm(tx: Queries, run: StepRun, lock: CodeLock): Promise<CodeLock> {
  const { code, needs } = run;
  const key = wishKey(code);
  // What was tried for this wish already is not told again: a failed offline code falls back to trying the gateway.
  if (lock.alarmedFor?.startsWith(key)) return { ...lock, alarmedFor: `${key}:tried` };
  const text = alarmText(run);
  await needs.tell(tx, {
    workspaceId: code.workspaceId,
    hookId: code.hookId,
    bookingId: code.bookingId,
    bookingNumber: run.bookingNumber,
    cause: `code:${lock.lockId}:${code.isWanted}:${run.said?.en ?? ""}`,
    text,
  });
  return { ...lock, alarmedFor: key };
}

/** The same for a call that is not made: what was told before stays as it is. */
export async function raiseAlarmOnce(tx: Queries, run: StepRun, lock: CodeLock): Promise<CodeLock> {
  const wasTold = lock.alarmedFor?.startsWith(wishKey(run.code)) === true;
  return wasTold ? lock : await raiseAlarm(tx, run, lock);
}

function alarmText({ code, lock, needs, said, isOfflineAllowed }: StepRun): Text {
  const name = lock.lockName ?? lock.lockId;
  const isWished = wishOf(code, lock, needs.now()) !== undefined;
  const words = isWished ? (isOfflineAllowed ? OFFLINE : RETRY) : REVOKE;
  const say = (language: "en" | "ru") =>
    [words.verdict[language].replace("[lock]", name), said?.[language], words.next[language]]
      .filter(Boolean)
      .join(" ");
  return { en: say("en"), ru: say("ru") };
}

const MISSING: Text = {
  en: "Lock [lock] has no code for this booking yet.",
  ru: "В замке [lock] ещё нет кода для этой брони.",
};

const OFFLINE = {
  verdict: MISSING,
  next: {
    en: "The vendor's spare code is asked for now.",
    ru: "Сейчас запрашивается запасной код производителя.",
  },
};

const RETRY = {
  verdict: MISSING,
  next: {
    en: "We go on trying until the code's end; the guest has not been told a code. Have another way in ready.",
    ru: "Попытки продолжатся до конца срока кода; гостю код не сообщён. Подготовьте другой способ входа.",
  },
};

const REVOKE = {
  verdict: {
    en: "The code of a booking that does not take place is still in lock [lock] and opens it.",
    ru: "Код брони, которая не состоится, всё ещё в замке [lock] и открывает его.",
  },
  next: {
    en: "We go on trying to delete it. Delete it in the vendor's app if that cannot wait.",
    ru: "Попытки удалить его продолжатся. Если ждать нельзя, удалите код в приложении производителя.",
  },
};
