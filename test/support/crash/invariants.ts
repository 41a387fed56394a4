import type { Database } from "#platform/db/database.ts";
import type { Booked, Told } from "./load.ts";
import type { CrashVendors } from "./vendors.ts";

const BEFORE_MS = 15 * 60_000;

interface DeliveryRow {
  readonly number: string;
  readonly provider: string;
  readonly state: string;
}

/** What the server itself says in the end. */
export interface Verdicts {
  readonly deliveries: readonly DeliveryRow[];
  /** Events whose work never came to an end. */
  readonly open: number;
  readonly quarantined: number;
  /** Attempts whose outcome nobody stored: a kill fell between the call's beginning and its end. */
  readonly cutShort: number;
  /** When each of those was followed by the next attempt of its delivery. */
  readonly againAt: readonly number[];
}

export async function readVerdicts(database: Database): Promise<Verdicts> {
  const deliveries = await database.query<DeliveryRow>(
    `select substring(b.number from '\\d+') as number, i.provider, d.state from delivery d
      join booking b using (workspace_id) join integration i using (workspace_id)
      where b.id = d.booking_id and i.id = d.integration_id and d.kind = 'message'`,
  );
  const [events] = await database.query<{ open: number; quarantined: number }>(
    `select count(*) filter (where state = 'received')::int as open,
      count(*) filter (where state = 'quarantined')::int as quarantined from intake_event`,
  );
  const cut = await database.query<{ again_at: number | null }>(
    `select next.started_at as again_at from attempt a left join attempt next
      on next.delivery_id = a.delivery_id and next.number = a.number + 1 where a.finished_at is null`,
  );
  const againAt = cut.flatMap(({ again_at: at }) => (at === null ? [] : [at]));
  return { deliveries, open: 0, quarantined: 0, ...events, cutShort: cut.length, againAt };
}

/** Everything that is not as it was promised, one line each. */
export function findBroken(
  vendors: CrashVendors,
  booked: readonly Booked[],
  verdicts: Verdicts,
): readonly string[] {
  return [
    ...(verdicts.open > 0 ? [`${verdicts.open} events were not worked on`] : []),
    ...(verdicts.quarantined > 0 ? [`${verdicts.quarantined} events are in quarantine`] : []),
    ...verdicts.deliveries
      .filter(({ state }) => !ENDS.includes(state))
      .map((one) => `a message of booking ${one.number} by ${one.provider} ended as ${one.state}`),
    ...findDoubleCodes(vendors),
    ...booked.flatMap((booking) => findBrokenCode(vendors, booking)),
    ...booked.flatMap((booking) => findBrokenMessages(vendors, booking, verdicts)),
  ];
}

/** `cancelled`: the booking had changed before it was sent. */
const ENDS = ["sent", "delivered", "read", "uncertain", "cancelled"];

/** No lock ever held two codes of one booking at the same time. */
function findDoubleCodes({ ttlock }: CrashVendors): readonly string[] {
  const live = new Map<string, number>();
  const broken: string[] = [];
  for (const { kind, name, lockId } of ttlock.effects) {
    const key = `${numberOf(name)} on lock ${lockId}`;
    const count = (live.get(key) ?? 0) + (kind === "add" ? 1 : kind === "delete" ? -1 : 0);
    live.set(key, count);
    if (count > 1) broken.push(`lock held ${count} codes at once of booking ${key}`);
  }
  return broken;
}

const numberOf = (codeName: string): string => codeName.split(" ")[1] ?? "";

function findBrokenCode({ ttlock }: CrashVendors, booking: Booked): readonly string[] {
  const codes = ttlock
    .codesOf(booking.lockId)
    .filter(({ name }) => numberOf(name) === String(booking.number))
    .map(({ isInCloud, isOnKeypad, startDate, endDate }) =>
      isInCloud && isOnKeypad ? `${startDate} to ${endDate}` : "half written",
    );
  const possible = possibleStates(booking).map((told) =>
    told && !told.isOff ? `${told.startsAt - BEFORE_MS} to ${told.endsAt}` : "",
  );
  const found = codes.join(" and ");
  return possible.includes(found)
    ? []
    : [`booking ${booking.number} has the code "${found}", wished is "${possible.join(" or ")}"`];
}

/** The last state that the lock's hook has taken, or any told after it: what was not answered may have come. */
function possibleStates({ told }: Booked): readonly (Told | undefined)[] {
  const last = told.findLastIndex(({ taken }) => taken.has("ttlock"));
  return last === -1 ? [undefined, ...told] : told.slice(last);
}

function findBrokenMessages(
  vendors: CrashVendors,
  booking: Booked,
  { deliveries }: Verdicts,
): readonly string[] {
  const last = booking.told.at(-1);
  return CHANNELS.flatMap(({ kind, textsOf }) =>
    booking.told.flatMap((told) => {
      const found = textsOf(vendors).filter((text) => text.includes(told.mark)).length;
      const what = `messages by ${kind} of booking ${booking.number}, version ${told.version}`;
      if (found > 1) return [`${found} ${what}`];
      const isDoubtful = deliveries.some(
        (one) =>
          one.provider === kind &&
          one.number === String(booking.number) &&
          one.state === "uncertain",
      );
      const isOwed = told === last && told.taken.has(kind);
      return isOwed && found === 0 && !isDoubtful ? [`no ${what}`] : [];
    }),
  );
}

const CHANNELS = [
  {
    kind: "green-api",
    textsOf: ({ greenApi }: CrashVendors) => greenApi.sent.map(({ message }) => message),
  },
  {
    kind: "wazzup24",
    textsOf: ({ wazzup24 }: CrashVendors) => wazzup24.sent.map(({ text }) => text),
  },
  {
    kind: "telegram",
    textsOf: ({ telegram }: CrashVendors) => telegram.sent.map(({ text }) => text),
  },
] as const;
