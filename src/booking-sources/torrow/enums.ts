import type { BookingState, ContactFieldType, Participant } from "#domain/booking.ts";

/** The source's enumerations: numbers as its webhooks send them, names as its REST API does. */

export const bookingStates: Readonly<Record<string, BookingState>> = {
  1: "open",
  Verifying: "open",
  2: "open",
  Waiting: "open",
  3: "open",
  Processing: "open",
  4: "open",
  Preparing: "open",
  20: "open",
  TimeControlled: "open",
  TaskNotCompleted: "open",
  5: "completed",
  Completed: "completed",
  6: "completed",
  Closed: "completed",
  TaskCompleted: "completed",
  7: "rejected",
  Rejected: "rejected",
  8: "cancelled",
  Canceled: "cancelled",
  Cancelled: "cancelled",
};

export const participantRoles: Readonly<Record<string, Participant["role"]>> = {
  1001: "consumer",
  Consumer: "consumer",
  1002: "executor",
  Executor: "executor",
  1003: "escort",
  Escort: "escort",
};

export const participantStates: Readonly<Record<string, Participant["state"]>> = {
  1: "booking",
  Booking: "booking",
  2: "registered",
  Registered: "registered",
  3: "cancelled",
  Canceled: "cancelled",
  Cancelled: "cancelled",
  4: "approving",
  Approving: "approving",
};

export const contactFieldTypes: Readonly<Record<string, ContactFieldType>> = {
  1: "full-name",
  FullName: "full-name",
  2: "last-name",
  LastName: "last-name",
  3: "first-name",
  FirstName: "first-name",
  4: "middle-name",
  MiddleName: "middle-name",
  7: "main-phone",
  MainPhone: "main-phone",
  8: "verified-phone",
  VerifiedMainPhone: "verified-phone",
  9: "additional-phone",
  AdditionalPhone: "additional-phone",
  10: "email",
  MainEmail: "email",
  11: "email",
  VerifiedMainEmail: "email",
  12: "email",
  AdditionalEmail: "email",
};

/** Names of the event types whose number is known; a name is as good as its number. */
export const eventTypes: Readonly<Record<string, string>> = {
  3001: "CheckIn",
  3004: "CancelCaseParticipation",
  3033: "CaseReject",
  3034: "CaseDeclineWork",
  3035: "CasePlan",
  3036: "CaseCancel",
  3037: "CaseTakeInWork",
  3038: "CaseComplete",
  3039: "CaseAccept",
  3041: "UpdateCase",
  3042: "UpdateCaseTime",
  3043: "UpdateCasePlace",
  3044: "ApproveCaseParticipation",
  3045: "ConfirmCaseParticipation",
  3052: "ApproveMoneyReceive",
  3053: "RejectMoneyReceive",
  3060: "CaseActionEvent",
};

/** Zero and absence mean that it is there; an unknown word deletes nothing. */
export function isDeleted(deleteState: string | undefined): boolean {
  if (deleteState === undefined) return false;
  return Number(deleteState) > 0 || /^(?:soft|hard|permanently)?deleted$/iu.test(deleteState);
}
