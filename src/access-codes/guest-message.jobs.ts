import type { Address, AnyChannelProvider, Route, TextRecord } from "#channels/channel.ts";
import type { Booking } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";
import type { NewDelivery } from "#deliveries/index.ts";
import { guestOf, maskAddress, sealMessage } from "#deliveries/index.ts";
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
  telling: Telling,
): Promise<void> {
  const { code, booking, told } = telling;
  const hook = await needs.hookOf(code.hookId);
  const channel = hook?.reading.channel;
  if (!hook || !channel) return;
  const values = hook.reading.values as unknown as CodeValues & MessageValues;
  const { markup, maxTextLength: maxLength } = channel.provider.manifest;
  const texts = renderText({ text: guestText(told, values), markup, maxLength });
  const guests = notifiedParticipants(booking).map((one) =>
    addressOf(one, values, { ...channel, phoneCountry: needs.phoneCountry }),
  );
  const saying = {
    code,
    booking,
    texts,
    provider: channel.provider,
    why: noAddress(channel.provider, values),
  };
  const deliveries: NewDelivery[] = [];
  for (const to of guests)
    for (const route of channel.routes)
      deliveries.push(await toDelivery(needs, { ...saying, to, route }));
  await needs.planSends(tx, deliveries);
  const isMissed = deliveries.some((one) => one.detail !== undefined);
  const { workspaceId, hookId, bookingId } = code;
  const trouble = { workspaceId, hookId, bookingId, bookingNumber: booking.number };
  if (isMissed)
    await needs.tell(tx, { ...trouble, cause: `no-address:${saying.why.en}`, text: saying.why });
}

interface Saying {
  readonly code: AccessCode;
  readonly booking: Booking;
  readonly texts: readonly string[];
  readonly provider: AnyChannelProvider;
  readonly to: Address | undefined;
  readonly route: Route<TextRecord, TextRecord>;
  /** Why there is no address, where there is none. */
  readonly why: Text;
}

async function toDelivery(
  needs: CodeNeeds,
  { code, booking, texts, provider, to, route, why }: Saying,
): Promise<NewDelivery> {
  const { workspaceId, hookId, bookingId } = code;
  const message = to ? { to, texts } : { to: { kind: "user", id: "" } as const, texts: [] };
  return {
    workspaceId,
    hookId,
    bookingId,
    id: makeId(needs.now()),
    kind: "message",
    integrationId: await needs.connections.keep(workspaceId, provider.manifest, route.settings),
    accessCodeId: code.id,
    target: {
      route: route.target,
      basis: basisOf(booking),
      guest: guestOf(needs.vault, message.to),
    },
    payload: sealMessage(needs.vault, message),
    recipient: to ? maskAddress(to) : "—",
    parts: Math.max(1, message.texts.length),
    state: to ? "queued" : "refused",
    ...(to ? {} : { detail: why }),
    deadlineAt: code.validTo,
    now: needs.now(),
  };
}

function basisOf(booking: Booking): NewDelivery["target"]["basis"] {
  return {
    ...(booking.startsAt === undefined ? {} : { startsAt: booking.startsAt }),
    ...(booking.endsAt === undefined ? {} : { endsAt: booking.endsAt }),
  };
}
