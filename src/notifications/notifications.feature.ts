import type { AnyChannelProvider } from "#channels/channel.ts";
import { isOff } from "#bookings/index.ts";
import {
  guestOf,
  maskAddress,
  sealMessage,
  type NewDelivery,
  type Trouble,
} from "#deliveries/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";
import type { Vault } from "#domain/vault.ts";
import type { HookEvent, Reaction } from "#hooks/index.ts";
import type { Connections } from "#integrations/index.ts";
import type { Queries } from "#platform/db/database.ts";
import { note } from "#platform/live/live.store.ts";
import { makeId } from "#platform/uuid.ts";
import type { FormatValues } from "./format-parameters.ts";
import { messageDeadline, planMessages, type MessageValues, type Planned } from "./notification.ts";

export interface NotificationNeeds {
  readonly connections: Connections;
  readonly vault: Vault;
  readonly now: () => number;
  readonly phoneCountry: string;
  readonly planSends: (tx: Queries, deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly tell: (tx: Queries, trouble: Trouble) => Promise<void>;
}

/** How long GREEN-API's `repeat` waits for a receipt, by the hook's documentation. */
const REPEAT_AFTER_MS = 10_000;

/** Tells the guests of a booking event, each once by each route of the hook. */
export function makeNotifications(needs: NotificationNeeds): Reaction {
  return async (tx, event) => {
    const channel = event.hook.reading.channel;
    if (!channel) return;
    if (event.change === "stale" && hasMoved(event)) return await notePassedOver(needs, tx, event);
    const values = event.hook.reading.values as unknown as MessageValues & FormatValues;
    const planned = planMessages({
      ...channel,
      booking: event.told,
      values,
      phoneCountry: needs.phoneCountry,
    });
    const deliveries = await Promise.all(
      planned.map((one) => toDelivery(needs, event, { ...one, provider: channel.provider })),
    );
    await needs.planSends(tx, deliveries);
    await tellRefusals(needs, tx, { event, planned, deliveries });
    if (planned.length === 0) await noteNobody(needs, tx, event);
  };
}

/** A late event still tells its guest, unless the booking has moved or was called off since. */
function hasMoved({ booking, told }: HookEvent): boolean {
  return (
    booking.startsAt !== told.startsAt ||
    booking.endsAt !== told.endsAt ||
    isOff(booking) !== isOff(told)
  );
}

type Routed = Planned & { readonly provider: AnyChannelProvider };

async function toDelivery(
  needs: NotificationNeeds,
  event: HookEvent,
  planned: Routed,
): Promise<NewDelivery> {
  const integrationId = await needs.connections.keep(
    event.workspaceId,
    planned.provider.manifest,
    planned.route.settings,
  );
  const isRefused = "refused" in planned;
  const message = isRefused ? { to: NOBODY, texts: [] } : planned;
  return {
    workspaceId: event.workspaceId,
    id: makeId(needs.now()),
    kind: "message",
    integrationId,
    hookId: event.hook.id,
    bookingId: event.bookingId,
    intakeEventId: event.intakeEventId,
    target: {
      route: planned.route.target,
      basis: basisOf(event, event.told),
      guest: guestOf(needs.vault, message.to),
    },
    payload: sealMessage(needs.vault, { to: message.to, texts: message.texts }),
    recipient: isRefused ? "—" : maskAddress(planned.to),
    parts: Math.max(1, message.texts.length),
    state: isRefused ? "refused" : "queued",
    detail: isRefused ? planned.refused : undefined,
    deadlineAt: messageDeadline(event.told, event.receivedAt),
    now: needs.now(),
  };
}

const NOBODY = { kind: "user", id: "" } as const;

function basisOf(event: HookEvent, booking: Booking): NewDelivery["target"]["basis"] {
  return {
    ...(booking.startsAt === undefined ? {} : { startsAt: booking.startsAt }),
    ...(booking.endsAt === undefined ? {} : { endsAt: booking.endsAt }),
    // A message to a fixed number says the same whatever becomes of the booking.
    staysTrue: isOff(booking) || event.hook.reading.values["phone"] !== undefined,
    ...(event.hook.reading.values["repeat"] === true ? { repeatAfterMs: REPEAT_AFTER_MS } : {}),
  };
}

async function tellRefusals(
  needs: NotificationNeeds,
  tx: Queries,
  {
    event,
    planned,
    deliveries,
  }: { event: HookEvent; planned: readonly Planned[]; deliveries: readonly NewDelivery[] },
): Promise<void> {
  for (const [place, one] of planned.entries()) {
    if (!("refused" in one)) continue;
    const { workspaceId, bookingId } = event;
    const hookId = event.hook.id;
    const deliveryId = deliveries[place]?.id;
    await note(tx, [
      {
        workspaceId,
        at: needs.now(),
        mark: "failed",
        text: one.refused,
        bookingId,
        hookId,
        deliveryId,
      },
    ]);
    const trouble = { workspaceId, hookId, bookingId, bookingNumber: event.booking.number };
    await needs.tell(tx, { ...trouble, cause: `no-address:${one.refused.en}`, text: one.refused });
  }
}

async function notePassedOver(
  needs: NotificationNeeds,
  tx: Queries,
  event: HookEvent,
): Promise<void> {
  await say(needs, tx, event, {
    en: "No message was sent: the event speaks of a time that the booking no longer has.",
    ru: "Сообщение не отправлено: событие говорит о времени, которого у брони больше нет.",
  });
}

async function noteNobody(needs: NotificationNeeds, tx: Queries, event: HookEvent): Promise<void> {
  await say(needs, tx, event, {
    en: "No message was sent: the event names no guest.",
    ru: "Сообщение не отправлено: в событии нет ни одного гостя.",
  });
}

async function say(
  ...[needs, tx, event, text]: [NotificationNeeds, Queries, HookEvent, Text]
): Promise<void> {
  const { workspaceId, bookingId, intakeEventId } = event;
  await note(tx, [
    {
      workspaceId,
      at: needs.now(),
      mark: "fact",
      text,
      bookingId,
      hookId: event.hook.id,
      intakeEventId,
    },
  ]);
}
