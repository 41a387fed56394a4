import type { Address, AnyChannelProvider, Route, TextRecord } from "#channels/channel.ts";
import { isOff } from "#bookings/index.ts";
import type { Booking, Participant } from "#domain/booking.ts";
import type { Phone } from "#domain/phone.ts";
import type { Text } from "#domain/text.ts";
import { notifiedParticipants, phoneAddress, userAddress } from "./address.ts";
import type { FormatValues } from "./format-parameters.ts";
import { renderNotification, renderText } from "./render.ts";

/** What a hook's parameters say about the messages it sends; names as in the hook's URL. */
export interface MessageValues {
  readonly message?: string;
  readonly phone?: string;
  readonly telegramFieldName?: string;
  readonly repeat?: boolean;
}

/** One message to one guest by one account, or the reason why there is none. */
export type Planned = {
  readonly route: Route<TextRecord, TextRecord>;
  readonly participant: Participant | undefined;
} & ({ readonly to: Address; readonly texts: readonly string[] } | { readonly refused: Text });

export interface Occasion {
  readonly provider: AnyChannelProvider;
  readonly routes: readonly Route<TextRecord, TextRecord>[];
  readonly booking: Booking;
  readonly values: MessageValues & FormatValues;
  /** The country of phone numbers without a country code. */
  readonly phoneCountry: string;
}

/** All messages that a booking event makes: each guest of the event by each route. Pure. */
export function planMessages(occasion: Occasion): readonly Planned[] {
  const { booking, provider, routes, values } = occasion;
  if (values.phone !== undefined)
    return routes.map((route) => toFixedNumber(route, provider, values));
  return notifiedParticipants(booking).flatMap((participant) => {
    const to = addressOf(participant, values, occasion);
    return routes.map((route): Planned => {
      if (!to) return { route, participant, refused: noAddress(provider, values) };
      const { markup, maxTextLength: maxLength } = provider.manifest;
      const request = {
        booking,
        participant,
        parameters: values,
        message: values.message,
        markup,
        maxLength,
      };
      return { route, participant, to, texts: renderNotification(request) };
    });
  });
}

/** Until when a message about a booking is worth sending: its start, or a day where that has passed already. */
export function messageDeadline(booking: Booking, receivedAt: number): number {
  const { startsAt } = booking;
  return startsAt !== undefined && startsAt > receivedAt && !isOff(booking)
    ? startsAt
    : receivedAt + DAY_MS;
}

const DAY_MS = 86_400_000;

/** Where this channel reaches a guest: the messenger's own id, or the most trusted phone. */
export function addressOf(
  participant: Participant,
  values: MessageValues,
  by: { readonly provider: AnyChannelProvider; readonly phoneCountry: string },
): Address | undefined {
  return by.provider.manifest.addresses === "user"
    ? userAddress(participant, values.telegramFieldName ?? "")
    : phoneAddress(participant, by.phoneCountry);
}

function toFixedNumber(
  route: Route<TextRecord, TextRecord>,
  provider: AnyChannelProvider,
  values: MessageValues,
): Planned {
  const { markup, maxTextLength: maxLength } = provider.manifest;
  const texts = renderText({ text: values.message ?? "", markup, maxLength });
  return {
    route,
    participant: undefined,
    to: { kind: "phone", phone: values.phone as Phone },
    texts,
  };
}

/** Why a guest could not be written to, and what to do about it. */
export function noAddress(provider: AnyChannelProvider, values: MessageValues): Text {
  if (provider.manifest.addresses === "user")
    return {
      en: `The booking has no messenger id in the contact field <${values.telegramFieldName ?? ""}>. Check the field's name in the service and that the booking link fills it.`,
      ru: `В брони нет идентификатора мессенджера в поле <${values.telegramFieldName ?? ""}>. Проверьте название поля в услуге и ссылку записи, которая его заполняет.`,
    };
  return {
    en: "The booking has no usable telephone number. Ask for the phone in the service's contact fields.",
    ru: "В брони нет пригодного номера телефона. Сделайте телефон обязательным полем контактной информации услуги.",
  };
}
