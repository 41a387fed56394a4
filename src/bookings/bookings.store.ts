import type { Booking, BookingState } from "#domain/booking.ts";
import type { Queries } from "#platform/db/database.ts";
import { mergeBooking, type Merged } from "./known-booking.ts";

export interface KnownBooking {
  readonly workspaceId: string;
  readonly id: string;
  readonly booking: Booking;
}

interface Row {
  readonly id: string;
  readonly snapshot: Booking;
}

/** Lays an event's booking over the known one, under a lock on the booking's row. */
export async function applyBooking(
  tx: Queries,
  told: KnownBooking & { readonly now: number },
): Promise<Merged & { readonly id: string; readonly before: Booking | undefined }> {
  const { workspaceId, booking } = told;
  const rows = await tx.query<Row>({
    name: "booking-lock",
    text: `select id, snapshot from booking where workspace_id = $1 and source = $2 and external_id = $3 for update`,
    values: [workspaceId, booking.source, booking.id],
  });
  const known = rows[0];
  const merged = mergeBooking(known?.snapshot, booking);
  const id = known?.id ?? told.id;
  if (merged.change !== "stale") await storeBooking(tx, { ...told, id, booking: merged.booking });
  return { ...merged, id, before: known?.snapshot };
}

/** Without its description: a door code may have been written into it, and it is told from the event alone. */
async function storeBooking(
  tx: Queries,
  known: KnownBooking & { readonly now: number },
): Promise<void> {
  const { booking } = known;
  await tx.execute({
    name: "booking-store",
    text: `insert into booking (workspace_id, id, source, external_id, version, state, starts_at, ends_at, number, snapshot, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
      on conflict (workspace_id, source, external_id) do update set version = excluded.version, state = excluded.state,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, number = excluded.number,
        snapshot = excluded.snapshot, updated_at = excluded.updated_at`,
    values: [
      known.workspaceId,
      known.id,
      booking.source,
      booking.id,
      booking.version ?? null,
      booking.state,
      booking.startsAt ?? null,
      booking.endsAt ?? null,
      booking.number ?? null,
      JSON.stringify({ ...booking, description: undefined }),
      known.now,
    ],
  });
}

export async function findBooking(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<KnownBooking | undefined> {
  const rows = await database.query<Row>({
    name: "booking-find",
    text: "select id, snapshot from booking where workspace_id = $1 and id = $2",
    values: [workspaceId, id],
  });
  return rows[0] && { workspaceId, id: rows[0].id, booking: rows[0].snapshot };
}

export interface BookingSummary {
  readonly id: string;
  readonly number: string | undefined;
  readonly state: BookingState;
  readonly startsAt: number | undefined;
  readonly endsAt: number | undefined;
  readonly serviceName: string | undefined;
  readonly updatedAt: number;
}

interface SummaryRow {
  readonly id: string;
  readonly number: string | null;
  readonly state: BookingState;
  readonly starts_at: number | null;
  readonly ends_at: number | null;
  readonly service_name: string | null;
  readonly updated_at: number;
}

/** Place of a booking in the list; a booking that changes meanwhile moves no page's border. */
export interface BookingPlace {
  readonly updatedAt: number;
  readonly id: string;
}

/** Newest change first; `before` is the place of the last one of the page before. */
export async function listBookings(
  database: Queries,
  workspaceId: string,
  page: { readonly before?: BookingPlace | undefined; readonly most: number },
): Promise<readonly BookingSummary[]> {
  const rows = await database.query<SummaryRow>({
    name: "booking-list",
    text: `select id, number, state, starts_at, ends_at, snapshot #>> '{service,name}' as service_name, updated_at
      from booking where workspace_id = $1 and ($2::bigint is null or (updated_at, id) < ($2, $3::uuid))
      order by updated_at desc, id desc limit $4`,
    values: [workspaceId, page.before?.updatedAt ?? null, page.before?.id ?? null, page.most],
  });
  return rows.map((row) => ({
    id: row.id,
    number: row.number ?? undefined,
    state: row.state,
    startsAt: row.starts_at ?? undefined,
    endsAt: row.ends_at ?? undefined,
    serviceName: row.service_name ?? undefined,
    updatedAt: row.updated_at,
  }));
}
