import type { Booking } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { DeliveryState } from "./delivery.ts";

/** Why and until when a message is worth sending. */
export interface DeliveryBasis {
  /** The booking as the message tells it: once it has changed in these, the message is no longer true. */
  readonly startsAt?: number;
  readonly endsAt?: number;
  /** Nothing that becomes of the booking makes it untrue: it tells of the end itself, or of no booking at all. */
  readonly staysTrue?: boolean;
  /** GREEN-API's `repeat`: sent once more when no receipt has come after this time. */
  readonly repeatAfterMs?: number;
}

export interface NewDelivery {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: "message" | "code";
  readonly integrationId?: string | undefined;
  readonly hookId: string;
  readonly bookingId: string;
  readonly intakeEventId?: string | undefined;
  readonly accessCodeId?: string | undefined;
  readonly target: {
    readonly route: Readonly<Record<string, string>>;
    readonly basis: DeliveryBasis;
    /** The same for all messages to one address, and tells nobody which it is: they keep their order. */
    readonly guest: string;
  };
  readonly payload: Uint8Array;
  /** For a screen: masked where it is a phone or an id. */
  readonly recipient: string;
  readonly parts: number;
  readonly state: DeliveryState;
  readonly detail?: Text | undefined;
  readonly deadlineAt?: number | undefined;
  readonly now: number;
}

export async function insertDeliveries(
  tx: Queries,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((one) => ({
    workspace_id: one.workspaceId,
    id: one.id,
    kind: one.kind,
    state: one.state,
    integration_id: one.integrationId ?? null,
    hook_id: one.hookId,
    booking_id: one.bookingId,
    intake_event_id: one.intakeEventId ?? null,
    access_code_id: one.accessCodeId ?? null,
    target: one.target,
    payload: Buffer.from(one.payload).toString("hex"),
    recipient: one.recipient,
    parts: one.parts,
    deadline_at: one.deadlineAt ?? null,
    detail: one.detail ?? null,
    created_at: one.now,
    finished_at: one.state === "refused" ? one.now : null,
  }));
  await tx.execute({
    name: "delivery-insert",
    text: `insert into delivery (workspace_id, id, kind, state, integration_id, hook_id, booking_id, intake_event_id,
        access_code_id, target, payload, recipient, parts, deadline_at, detail, created_at, finished_at)
      select workspace_id, id, kind, state, integration_id, hook_id, booking_id, intake_event_id, access_code_id, target,
        decode(payload, 'hex'), recipient, parts, deadline_at, detail, created_at, finished_at
      from jsonb_to_recordset($1::jsonb) as t(workspace_id text, id uuid, kind text, state text, integration_id uuid,
        hook_id text, booking_id uuid, intake_event_id uuid, access_code_id uuid, target jsonb, payload text,
        recipient text, parts int, deadline_at bigint, detail jsonb, created_at bigint, finished_at bigint)`,
    values: [JSON.stringify(rows)],
  });
}

export interface DeliveryRow {
  readonly id: string;
  readonly kind: "message" | "code";
  readonly state: DeliveryState;
  readonly integration_id: string | null;
  readonly hook_id: string;
  readonly booking_id: string;
  readonly access_code_id: string | null;
  readonly target: NewDelivery["target"];
  readonly payload: Buffer;
  readonly recipient: string;
  readonly attempt: number;
  readonly ladder_step: number;
  readonly part: number;
  readonly parts: number;
  readonly remote_ids: string[];
  readonly tried_at: number | null;
  readonly is_trying: boolean;
  readonly next_try_at: number | null;
  readonly deadline_at: number | null;
  readonly detail: Text | null;
  readonly created_at: number;
  readonly finished_at: number | null;
}

export interface LoadedDelivery extends DeliveryRow {
  /** The booking as it is known now. */
  readonly booking: Booking;
}

const COLUMNS = `id, kind, state, integration_id, hook_id, booking_id, access_code_id, target, payload, recipient, attempt,
  ladder_step, part, parts, remote_ids, tried_at, is_trying, next_try_at, deadline_at, detail, created_at, finished_at`;

export async function loadDelivery(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<LoadedDelivery | undefined> {
  const rows = await database.query<LoadedDelivery>({
    name: "delivery-load",
    text: `select ${COLUMNS.split(", ")
      .map((name) => `d.${name.trim()}`)
      .join(", ")}, b.snapshot as booking
      from delivery d join booking b on b.workspace_id = d.workspace_id and b.id = d.booking_id
      where d.workspace_id = $1 and d.id = $2`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/** Names one delivery. */
export interface Key {
  readonly workspaceId: string;
  readonly id: string;
}

/**
 * Writes down that an attempt begins, before the vendor is called: whoever finds it begun and not ended knows that it
 * may have happened. The doubt outlives the asking about it. The attempt's number, or nothing when another node was
 * first.
 */
export async function beginAttempt(
  database: Queries,
  key: Key,
  begun: { readonly expected: number; readonly at: number; readonly act: string },
): Promise<number | undefined> {
  const rows = await database.query<{ number: number }>({
    name: "delivery-begin",
    text: `with begun as (
        update delivery set is_trying = true, attempt = attempt + 1,
          tried_at = case when $5 = 'settle' then tried_at else $4 end
        where workspace_id = $1 and id = $2 and attempt = $3 returning attempt
      )
      insert into attempt (workspace_id, delivery_id, number, started_at, act)
      select $1, $2, attempt, $4, $5 from begun returning number`,
    values: [key.workspaceId, key.id, begun.expected, begun.at, begun.act],
  });
  return rows[0]?.number;
}

/** Writes down that an act begins which is no message; what is pending is kept by who acts. Gives its number. */
export async function beginAct(
  tx: Queries,
  key: Key,
  begun: { readonly at: number; readonly act: string },
): Promise<number> {
  const rows = await tx.query<{ number: number }>({
    name: "act-begin",
    text: `with begun as (
        update delivery set attempt = attempt + 1, tried_at = $3
        where workspace_id = $1 and id = $2 returning attempt
      )
      insert into attempt (workspace_id, delivery_id, number, started_at, act)
      select $1, $2, attempt, $3, $4 from begun returning number`,
    values: [key.workspaceId, key.id, begun.at, begun.act],
  });
  return rows[0]?.number ?? 0;
}

export interface AttemptEnd {
  readonly number: number;
  readonly at: number;
  readonly outcome: string;
  readonly detail?: Text | undefined;
  readonly exchanges: readonly unknown[];
}

export async function endAttempt(tx: Queries, key: Key, end: AttemptEnd): Promise<void> {
  await tx.execute({
    name: "attempt-end",
    text: `update attempt set finished_at = $4, outcome = $5, detail = $6, exchanges = $7
      where workspace_id = $1 and delivery_id = $2 and number = $3`,
    values: [
      key.workspaceId,
      key.id,
      end.number,
      end.at,
      end.outcome,
      end.detail ? JSON.stringify(end.detail) : null,
      JSON.stringify(end.exchanges),
    ],
  });
}

export interface DeliveryChange {
  readonly state: DeliveryState;
  readonly at: number;
  readonly isTrying?: boolean;
  readonly ladderStep?: number;
  readonly part?: number;
  readonly remoteId?: string | undefined;
  readonly nextTryAt?: number | undefined;
  readonly detail?: Text | undefined;
  readonly isFinal: boolean;
}

export async function changeDelivery(tx: Queries, key: Key, change: DeliveryChange): Promise<void> {
  await tx.execute({
    name: "delivery-change",
    text: `update delivery set state = $3, is_trying = $4, part = coalesce($5, part), ladder_step = coalesce($11, ladder_step),
        remote_ids = case when $6::text is null then remote_ids else remote_ids || $6::text end,
        next_try_at = $7, detail = coalesce($8, detail), finished_at = case when $9 then $10::bigint else null end
      where workspace_id = $1 and id = $2`,
    values: [
      key.workspaceId,
      key.id,
      change.state,
      change.isTrying ?? false,
      change.part ?? null,
      change.remoteId ?? null,
      change.nextTryAt ?? null,
      change.detail ? JSON.stringify(change.detail) : null,
      change.isFinal,
      change.at,
      change.ladderStep ?? null,
    ],
  });
}

/** Deliveries of one integration that hold a vendor's message id. */
export async function findByRemoteId(
  database: Queries,
  at: { readonly workspaceId: string; readonly integrationId: string; readonly remoteId: string },
): Promise<readonly DeliveryRow[]> {
  return await database.query<DeliveryRow>({
    name: "delivery-by-remote",
    text: `select ${COLUMNS} from delivery where workspace_id = $1 and integration_id = $2 and remote_ids @> array[$3::text]`,
    values: [at.workspaceId, at.integrationId, at.remoteId],
  });
}
