import type { SimulatedOrder, SimulatedParticipant, SimulatedResource } from "./orders.ts";

type Json = Readonly<Record<string, unknown>>;

interface Event {
  readonly order: SimulatedOrder;
  readonly eventType: number;
  readonly integrationId: string;
}

/** The webhook's body: members in PascalCase, enumerations as numbers, a list of one collapsed to its element. */
export function webhookBody({ order, eventType, integrationId }: Event): Json {
  return {
    EventType: eventType,
    IntegrationConfigList: integrationId,
    CaseItem: caseItem(order, integrationId),
    Service: service(order, integrationId),
    Resources: collapsed(order.resources.map(resource)),
    CaseParticipants: collapsed(order.participants.map((one) => participant(one, order))),
  };
}

/** The REST API's `CaseItem`: camelCase, enumerations as names. */
export function restOrder(order: SimulatedOrder): Json {
  return {
    id: order.id,
    name: order.name,
    description: order.description,
    beginDate: utc(order.startsAt),
    endDate: utc(order.endsAt),
    caseState: stateNames[order.state] ?? "UnknownCaseState",
    caseType: "Time",
    place: order.place,
    serviceId: order.service.id,
    groupId: null,
    orderNumber: { fullNumber: `№${order.number}`, sequenceNumber: order.number },
    bookingResourceList: order.resources.map(({ id, amount }) => ({ tid: id, amount })),
    tags: [],
    integrationIds: [],
    meta: {
      deleteState: order.isDeleted ? "Deleted" : "Active",
      archiveState: "Active",
      version: order.version,
      lastModified: utc(Date.now()),
      createDate: "0001-01-01T00:00:00",
    },
  };
}

const stateNames: Readonly<Record<number, string>> = {
  1: "Verifying",
  2: "Waiting",
  3: "Processing",
  4: "Preparing",
  5: "Completed",
  6: "Closed",
  7: "Rejected",
  8: "Canceled",
  20: "TimeControlled",
};

function caseItem(order: SimulatedOrder, integrationId: string): Json {
  return {
    CaseState: order.state,
    CaseType: 1,
    StartDate: utc(order.startsAt),
    EndDate: utc(order.endsAt),
    Description: order.description,
    PlaceId: null,
    Place: order.place,
    ServiceId: order.service.id,
    GroupId: null,
    MaxConsumerQuantity: order.maxConsumerQuantity,
    NeedApproval: false,
    BookingResourceList: order.resources.map(bookedLine),
    OrderNumber: { FullNumber: `№${order.number}`, SequenceNumber: order.number },
    CaseActionProperties: { ProcessingParameters: null, CaseActionList: [] },
    ItemInfo: { Name: order.name, Tags: null, IntegrationConfigIds: [integrationId] },
    ObjectInfo: objectInfo(order.version, order.isDeleted),
    Id: order.id,
  };
}

function service(order: SimulatedOrder, integrationId: string): Json {
  return {
    Description: null,
    MaxConsumerQuantity: order.maxConsumerQuantity,
    Place: order.place,
    SessionDurationProperties: {
      SessionDurationType: 4,
      SessionPrecisionType: 2,
      TimeSelectionType: 2,
      StateManagementType: 1,
    },
    CaseActionList: [],
    ItemInfo: { Name: order.service.name, Tags: null, IntegrationConfigIds: [integrationId] },
    ObjectInfo: objectInfo(3, false),
    Id: order.service.id,
  };
}

function bookedLine({ id, amount, price }: SimulatedResource): Json {
  return { ResourceGroupId: null, Tid: id, Amount: amount, SalePrice: price, UsageType: 2 };
}

function resource(one: SimulatedResource): Json {
  return {
    Description: one.description,
    Code: one.code,
    UsageType: 2,
    PriceProperties: { SalePrice: one.price, CurrencyCode: "RUB" },
    AmountProperties: { Measure: 796 },
    ItemInfo: { Name: one.name, Tags: one.tags.length === 0 ? null : one.tags },
    ObjectInfo: objectInfo(1, false),
    Id: one.id,
  };
}

function participant(one: SimulatedParticipant, order: SimulatedOrder): Json {
  const price = order.resources.reduce((sum, { price, amount }) => sum + price * amount, 0);
  return {
    Tid: one.id,
    ItemId: order.id,
    CaseParticipantState: one.state,
    CaseParticipantType: 1001,
    ContactInformation: {
      Fields: one.fields.map(({ type, name, value }) => ({
        ParticipationFieldType: type,
        Value: value,
        Name: name,
      })),
    },
    Comment: null,
    BookingResourceList: order.resources.map(bookedLine),
    PriceProperties: { SalePrice: price, CurrencyCode: "RUB" },
    ParticipantTimeZone: "Europe/Moscow",
    ObjectInfo: objectInfo(1, false),
  };
}

function objectInfo(version: number, isDeleted: boolean): Json {
  return {
    DeleteState: isDeleted ? 1 : 0,
    ArchiveState: 0,
    Version: version,
    LastModified: utc(Date.now()),
    CreateDate: "0001-01-01T00:00:00",
  };
}

function collapsed(list: readonly Json[]): Json | readonly Json[] | null {
  return list.length === 1 ? (list[0] ?? null) : list;
}

function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
