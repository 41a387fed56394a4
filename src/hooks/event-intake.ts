import type { BookingSource } from "#booking-sources/booking-source.ts";
import { storableText } from "#domain/storable.ts";
import type { Intake, IntakeEvent } from "#intake/index.ts";

/** A booking event that reached a hook's URL, not yet kept. */
export interface IncomingEvent {
  readonly workspaceId: string;
  readonly hookId: string;
  readonly kind: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

export type Accepted = { readonly id: string } | { readonly fault: string };

/** Keeps an event on disk. A body that is no JSON is refused; one of an unknown shape is taken. */
export async function acceptEvent(
  needs: { intake: Intake; source: BookingSource; now: () => number; makeId: () => string },
  event: IncomingEvent,
): Promise<Accepted> {
  const parsed = parseJson(event.body);
  if ("fault" in parsed) return parsed;
  const id = needs.makeId();
  await needs.intake.accept({
    id,
    workspaceId: event.workspaceId,
    source: `hook:${event.kind}`,
    hookId: event.hookId,
    receivedAt: needs.now(),
    body: event.body,
    lane: laneOf(needs.source, event, parsed.value),
    ...(event.contentType === undefined ? {} : { contentType: event.contentType }),
  });
  return { id };
}

/** Events of one booking are worked on one after another, whichever hook they came by. */
export function laneOf(
  source: BookingSource,
  event: { workspaceId: string; hookId: string },
  body: unknown,
): string {
  const id = source.idOf(body);
  return id === undefined
    ? `hook:${event.hookId}`
    : `booking:${event.workspaceId}:${source.manifest.id}:${storableText(id)}`;
}

/** The lane of an event that is kept already: of a booking's event as when it came, of any other its source. */
export function laneOfKept(source: BookingSource, event: IntakeEvent): string {
  const { workspaceId, hookId, body } = event;
  const parsed = parseJson(body);
  if (hookId === undefined || "fault" in parsed) return event.source;
  return laneOf(source, { workspaceId, hookId }, parsed.value);
}

function parseJson(body: Buffer): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch (error) {
    return { fault: placeOf(error) };
  }
}

/** Where the body stops being JSON; its own words are not repeated. */
function placeOf(error: unknown): string {
  const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return place === undefined ? "it cannot be parsed" : `at character ${place}`;
}
