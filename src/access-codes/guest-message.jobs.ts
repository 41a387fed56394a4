import type { Booking } from "#domain/booking.ts";
import type { NewDelivery } from "#deliveries/index.ts";
import { maskAddress, sealMessage } from "#deliveries/index.ts";
import {
  addressOf,
  noAddress,
  notifiedParticipants,
  renderText,
  type MessageValues,
} from "#notifications/index.ts";
import type { Queries } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import type { AccessCode } from "./access-codes.store.ts";
import type { CodeValues } from "./code-plan.ts";
import { guestText, type ToldCode } from "./code-text.ts";
import type { CodeNeeds } from "./needs.ts";

interface Telling {
  readonly code: AccessCode;
  readonly booking: Booking;
  readonly told: ToldCode;
}

/** Tells the guests a code straight away, where the lock's hook names a channel for that. */
export async function planGuestMessages(
  needs: CodeNeeds,
  tx: Queries,
  { code, booking, told }: Telling,
): Promise<void> {
  const hook = await needs.hookOf(code.hookId);
  const channel = hook?.reading.channel;
  if (!hook || !channel) return;
  const values = hook.reading.values as unknown as CodeValues & MessageValues;
  const { markup, maxTextLength: maxLength } = channel.provider.manifest;
  const texts = renderText({ text: guestText(told, values), markup, maxLength });
  const deliveries: NewDelivery[] = [];
  for (const participant of notifiedParticipants(booking)) {
    const to = addressOf(channel.provider, participant, values);
    for (const route of channel.routes) {
      const integrationId = await needs.connections.keep(
        code.workspaceId,
        channel.provider.manifest,
        route.settings,
      );
      const isRefused = to === undefined;
      const message = isRefused
        ? { to: { kind: "user", id: "" } as const, texts: [] }
        : { to, texts };
      deliveries.push({
        workspaceId: code.workspaceId,
        id: makeId(needs.now()),
        kind: "message",
        integrationId,
        hookId: code.hookId,
        bookingId: code.bookingId,
        accessCodeId: code.id,
        target: { route: route.target, basis: basisOf(booking) },
        payload: sealMessage(needs.vault, message),
        recipient: isRefused ? "—" : maskAddress(to),
        parts: Math.max(1, message.texts.length),
        state: isRefused ? "refused" : "queued",
        ...(isRefused ? { detail: noAddress(channel.provider, values) } : {}),
        deadlineAt: code.validTo,
        now: needs.now(),
      });
    }
  }
  await needs.planSends(tx, deliveries);
  for (const one of deliveries) {
    if (!one.detail) continue;
    const { workspaceId, hookId, bookingId } = code;
    await needs.tell(tx, {
      workspaceId,
      hookId,
      bookingId,
      bookingNumber: booking.number,
      cause: `no-address:${one.detail.en}`,
      text: one.detail,
    });
  }
}

function basisOf(booking: Booking): NewDelivery["target"]["basis"] {
  return {
    ...(booking.startsAt === undefined ? {} : { startsAt: booking.startsAt }),
    ...(booking.endsAt === undefined ? {} : { endsAt: booking.endsAt }),
  };
}
