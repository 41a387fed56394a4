import type { Booking, BookingEvent, BookingResource, Participant } from "#domain/booking.ts";
import {
  bookingStates,
  contactFieldTypes,
  eventTypes,
  isDeleted,
  participantRoles,
  participantStates,
} from "./enums.ts";
import { kindOf } from "./kind.ts";
import {
  instantOf,
  listOf,
  member,
  numberOf,
  wholeOf,
  objectsOf,
  plainTextOf,
  textOf,
  wordOf,
} from "./wire.ts";

/** Characters; real ones have 32. */
const longestId = 200;

/** The source's id in the registry and in `Booking.source`. */
export const sourceId = "torrow";

/** Long links; the short ones of the source's own messages cannot be worked out from an event. */
const appUrl = "https://torrow.net/app/tabs/tab-search";

/**
 * Reads a webhook's body. Pure and lenient: lists or single objects, numbers or names, unknown event types, absent
 * members. Unreadable only without an order id, since nothing could then be done with it. Never throws.
 */
export function receive(
  body: unknown,
): { readonly event: BookingEvent } | { readonly unreadable: string } {
  const order = orderOf(body);
  const id = idOf(body);
  if (id === undefined) return { unreadable: "The body has no CaseItem.Id." };
  if (id.length > longestId) return { unreadable: "Its CaseItem.Id is longer than any order's." };
  const type = textOf(member(body, "EventType"));
  return {
    event: {
      booking: bookingOf({ body, order, id }),
      type: wordOf(type, eventTypes) ?? type ?? "unknown",
      integrationId: textOf(listOf(member(body, "IntegrationConfigList"))[0]),
    },
  };
}

/** The order's id, as `receive` reads it. */
export function idOf(body: unknown): string | undefined {
  return textOf(member(orderOf(body), "Id"));
}

function orderOf(body: unknown): unknown {
  return objectsOf(member(body, "CaseItem"))[0];
}

interface Read {
  readonly body: unknown;
  readonly order: unknown;
  readonly id: string;
}

function bookingOf({ body, order, id }: Read): Booking {
  const service = member(body, "Service");
  return {
    source: sourceId,
    ...orderNow(order, id),
    number: numberText(member(order, "OrderNumber")),
    kind: kindOf(order, service),
    description: plainTextOf(member(order, "Description")),
    address: plainTextOf(member(order, "Place")),
    service: serviceOf(order, service),
    url: link("case", id),
    resources: objectsOf(member(body, "Resources")).map((one) => resourceOf(one, body)),
    participants: objectsOf(member(body, "CaseParticipants")).map(participantOf),
  };
}

/** Version, state and times of an order, as a webhook or the REST API writes them. */
export function orderNow(
  order: unknown,
  id: string,
): Pick<Booking, "id" | "version" | "state" | "startsAt" | "endsAt"> {
  const meta = member(order, "ObjectInfo") ?? member(order, "Meta");
  return {
    id,
    version: wholeOf(member(meta, "Version")),
    state: isDeleted(textOf(member(meta, "DeleteState")))
      ? "cancelled"
      : (wordOf(member(order, "CaseState"), bookingStates) ?? "unknown"),
    startsAt: instantOf(member(order, "StartDate") ?? member(order, "BeginDate")),
    endsAt: instantOf(member(order, "EndDate")),
  };
}

function numberText(orderNumber: unknown): string | undefined {
  const sequence = textOf(member(orderNumber, "SequenceNumber"));
  return textOf(member(orderNumber, "FullNumber")) ?? (sequence && `№${sequence}`);
}

function serviceOf(order: unknown, service: unknown): Booking["service"] {
  const id = textOf(member(service, "Id")) ?? textOf(member(order, "ServiceId"));
  return {
    id,
    name: textOf(member(service, "ItemInfo", "Name")) ?? textOf(member(service, "Name")),
    url: id === undefined ? undefined : link("service", id),
  };
}

function link(what: "service" | "case", id: string): string {
  return `${appUrl}/${what};id=${encodeURIComponent(id)}`;
}

function resourceOf(resource: unknown, body: unknown): BookingResource {
  const id = textOf(member(resource, "Id")) ?? textOf(member(resource, "Tid"));
  const booked = bookedLine(id, body);
  const prices = member(resource, "PriceProperties");
  return {
    id,
    name: textOf(member(resource, "ItemInfo", "Name")) ?? textOf(member(resource, "Name")) ?? "",
    description: plainTextOf(member(resource, "Description")),
    code: textOf(member(resource, "Code")),
    tags: tagsOf(resource),
    price: numberOf(member(booked, "SalePrice")) ?? numberOf(member(prices, "SalePrice")),
    currency: textOf(member(prices, "CurrencyCode")),
    amount: numberOf(member(booked, "Amount")),
    unitCode: numberOf(member(resource, "AmountProperties", "Measure")),
  };
}

/** What was booked of a resource stands on the order, and on a guest's own lines when the order has none. */
function bookedLine(id: string | undefined, body: unknown): unknown {
  const owners = [member(body, "CaseItem"), ...objectsOf(member(body, "CaseParticipants"))];
  return owners
    .flatMap((owner) => objectsOf(member(owner, "BookingResourceList")))
    .find((line) => id !== undefined && textOf(member(line, "Tid")) === id);
}

function tagsOf(resource: unknown): readonly string[] {
  const tags = member(resource, "ItemInfo", "Tags") ?? member(resource, "Tags");
  return listOf(tags).flatMap((tag) => textOf(tag) ?? []);
}

function participantOf(participant: unknown): Participant {
  const deleteState = textOf(member(participant, "ObjectInfo", "DeleteState"));
  return {
    id: textOf(member(participant, "Tid")),
    role: wordOf(member(participant, "CaseParticipantType"), participantRoles) ?? "unknown",
    state: isDeleted(deleteState)
      ? "cancelled"
      : (wordOf(member(participant, "CaseParticipantState"), participantStates) ?? "unknown"),
    fields: objectsOf(member(participant, "ContactInformation", "Fields")).flatMap(contactField),
    comment: plainTextOf(member(participant, "Comment")),
    timeZone: textOf(member(participant, "ParticipantTimeZone")),
    ...priceOf(member(participant, "PriceProperties")),
  };
}

function priceOf(prices: unknown): Pick<Participant, "price"> {
  const amount = numberOf(member(prices, "SalePrice"));
  const currency = textOf(member(prices, "CurrencyCode"));
  return amount === undefined ? {} : { price: { amount, currency } };
}

function contactField(field: unknown): Participant["fields"] {
  const value = textOf(member(field, "Value"));
  const name = textOf(member(field, "Name")) ?? "";
  const type = wordOf(member(field, "ParticipationFieldType"), contactFieldTypes) ?? "other";
  return value === undefined ? [] : [{ type, name, value }];
}
