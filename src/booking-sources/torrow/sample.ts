import type { SampleOptions } from "../booking-source.ts";
import { sampleActions } from "./sample-actions.ts";

export interface TorrowSampleOptions extends SampleOptions {
  /** Numbers of the source's enumerations. */
  readonly eventType?: number;
  readonly caseState?: number;
  readonly participantState?: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Ten in the morning in Moscow, in UTC. */
const opensAt = 7 * hour;

const ids = {
  service: "5a3e0002000000000000000000000001",
  group: "5a3e0003000000000000000000000001",
  resource: "5a3e0004000000000000000000000001",
  participant: "5a3e0005000000000000000000000001",
  integration: "5a3e0006000000000000000000000001",
  executor: "5a3e0007000000000000000000000001",
};

/** An event in the booking service's own shape with values of ours: what it would send for one booked session. */
export function sampleEvent(options: TorrowSampleOptions): Record<string, unknown> {
  const { now, size = 0 } = options;
  const event = {
    EventType: options.eventType ?? 3060,
    IntegrationConfigList: ids.integration,
    CaseItem: order(options),
    Service: { ...service(now), CaseActionList: sampleActions(ids.integration, 1) },
    Resources: resource(now, options.lockId ?? "1000001"),
    CaseParticipants: participant(options),
  };
  const actions = actionsOfSize(1 + size - bytesOf(event));
  return { ...event, Service: { ...event.Service, CaseActionList: actions } };
}

/** At least one action, and as many as bring `bytes` more than that. */
function actionsOfSize(bytes: number): readonly unknown[] {
  let count = 1;
  for (let left = bytes; left > 0; count += 1) {
    left -= bytesOf(sampleActions(ids.integration, count + 1).at(-1));
  }
  return sampleActions(ids.integration, count);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function orderIdOf({ now, orderId }: SampleOptions): string {
  return orderId ?? `5a3e0001${Math.trunc(now).toString(16).padStart(24, "0")}`;
}

function order(options: TorrowSampleOptions): Record<string, unknown> {
  const { now, version = 1, durationMs = 1.5 * hour } = options;
  const startsAt = options.startsAt ?? Math.floor(now / day) * day + day + opensAt;
  const number = (Math.floor(now / 1000) % 9000) + 1000;
  return {
    CaseState: options.caseState ?? 20,
    CaseStateDate: null,
    CaseType: 1,
    StartDate: utc(startsAt),
    EndDate: utc(startsAt + durationMs),
    RegistrationOpen: 1_209_600,
    RegistrationClose: 1800,
    Description: null,
    PlaceId: null,
    BookingDuration: null,
    Place: "Москва, улица Примерная, 12, студия 3",
    ServiceId: ids.service,
    GroupId: null,
    VisitCard: {
      Fields: [{ Number: 0, Value: `Запись №${number}`, Expression: '{"type":"Name"}' }],
    },
    MaxConsumerQuantity: 1,
    Hidden: null,
    NeedApproval: false,
    BookingResourceList: [bookedLine(startsAt)],
    PriceProperties: null,
    ExecutorUsagePercent: 100,
    ParticipateFieldRequirements: fieldRequirements(),
    ResourceGroupList: [resourceGroup()],
    OrderNumber: { FullNumber: `№${number}`, SequenceNumber: number },
    Priority: null,
    CaseActionProperties: { ProcessingParameters: null, CaseActionList: [] },
    ItemInfo: itemInfo(`Запись №${number}`, {
      SolutionData: { quickFilterTags: [], layoutType: 4 },
    }),
    ObjectInfo: objectInfo(now, version),
    Id: orderIdOf(options),
  };
}

function bookedLine(startsAt: number): Record<string, unknown> {
  return {
    ResourceGroupId: ids.group,
    Tid: ids.resource,
    Amount: 1,
    Duration: null,
    SalePrice: 2400,
    Discount: null,
    ConsumerBookingComment: null,
    UsageType: 2,
    ProcessingDate: utc(startsAt),
    UsageAmount: null,
  };
}

const fieldNames: readonly (readonly [number, string])[] = [
  [1, "Имя"],
  [7, "Телефон"],
  [10, "Email"],
  [101, "*TelegramId"],
];

function fieldRequirements(): Record<string, unknown> {
  return {
    ParticipateFieldRequirementList: fieldNames.map(([type, name]) => ({
      ParticipationFieldType: type,
      ParticipationFieldRequirementType: type === 1 ? 3 : 2,
      Name: name,
    })),
    CommentFieldName: null,
  };
}

function resourceGroup(): Record<string, unknown> {
  return {
    GroupId: ids.group,
    Order: 1,
    GroupName: "Студии",
    MinResources: 1,
    MaxResources: 1,
    MaxTotalAmount: null,
    UsageType: 2,
    ResourceIdList: null,
  };
}

function service(now: number): Record<string, unknown> {
  return {
    Description: "Студия с естественным светом, фонами и кофе.",
    ExecutorIdList: [ids.executor],
    MaxConsumerQuantity: 1,
    NeedApproval: false,
    Place: "Москва, улица Примерная, 12, студия 3",
    TimeAlignment: 1800,
    OrderQuote: 1,
    ParticipateFieldRequirements: fieldRequirements(),
    ResourceGroupList: [resourceGroup()],
    SessionDurationProperties: {
      SessionDurationType: 4,
      DefaultDuration: 0,
      SessionPrecisionType: 2,
      MaxSessionDuration: 0,
      MinSessionDuration: 0,
      TimeSelectionType: 2,
      StateManagementType: 1,
    },
    CheckInAllCases: false,
    ButtonName: null,
    ItemInfo: itemInfo("Аренда фотостудии", {
      Tags: ["1440:DisableUpdateOrderTime"],
      SolutionData: [{ Name: "layoutType", Value: 4 }],
    }),
    ObjectInfo: { ...objectInfo(now, 57), CreateDate: "0001-01-01T00:00:00" },
    Id: ids.service,
  };
}

function resource(now: number, lockId: string): Record<string, unknown> {
  return {
    Description: "Светлый зал, 40 м², <b>циклорама</b> и два окна",
    TimetableId: null,
    ItemId: null,
    UsageType: 2,
    ServiceDescriptions: [
      {
        ServiceId: ids.service,
        ServiceName: "Аренда фотостудии",
        ResourceGroupId: ids.group,
        ResourceGroupName: "Студии",
        SortIndex: 1,
      },
    ],
    Code: `lockId_${lockId}`,
    Duration: 5400,
    PriceProperties: { SalePrice: 2400, CurrencyCode: "RUB", Discount: null, Prepayment: null },
    AmountProperties: { Measure: 796, TotalAmount: 1, MaxAmount: 1, MinAmount: 1, FirstValue: 1 },
    ItemInfo: itemInfo("Зал «Север»", {
      Tags: [`${lockId}:lockId`],
      SolutionData: [{ Name: "layoutType", Value: 3 }],
    }),
    ObjectInfo: { ...objectInfo(now, 9), CreateDate: "0001-01-01T00:00:00" },
    Id: ids.resource,
  };
}

function participant(options: TorrowSampleOptions): Record<string, unknown> {
  const values = [
    "Анна Примерова",
    options.phone ?? "8 (900) 000-00-00",
    "guest@example.com",
    options.telegramId ?? "100000001",
  ];
  return {
    Tid: ids.participant,
    ItemId: orderIdOf(options),
    UserId: null,
    ProfileId: null,
    CaseParticipantState: options.participantState ?? 2,
    CaseParticipantType: 1001,
    VisitConfirmationState: 1,
    BookingResourceList: [],
    Agent: { UserId: null, ProfileId: null, Type: 1 },
    Comment: null,
    ContactInformation: {
      Fields: fieldNames.map(([type, name], index) => ({
        ParticipationFieldType: type,
        Value: values[index],
        Name: name,
      })),
    },
    BookingExpirationDate: null,
    PriceProperties: { SalePrice: 2400, CurrencyCode: "RUB", Discount: null, Prepayment: null },
    TrackingInformation: { PartnerId: null, ReferralProgramId: null, Utm: null },
    ParticipantTimeZone: "Europe/Moscow",
    ObjectInfo: objectInfo(options.now, 1),
  };
}

function itemInfo(name: string, more: Record<string, unknown>): Record<string, unknown> {
  return {
    Name: name,
    ImageId: null,
    AnyoneAccess: 2,
    SearchMode: 1,
    Rating: null,
    UniqueName: null,
    Tags: null,
    IntegrationConfigIds: [ids.integration],
    ...more,
  };
}

function objectInfo(now: number, version: number): Record<string, unknown> {
  return {
    DeleteState: 0,
    ArchiveState: 0,
    Version: version,
    LastModified: utc(now),
    CreateDate: utc(now),
  };
}

/** Whole seconds and a `Z`, as the source writes instants. */
function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
