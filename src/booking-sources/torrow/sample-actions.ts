/** A service's actions as a busy business sets them up: reminders and calls of the hook, by operation and by time. */
export function sampleActions(integrationId: string, count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => action(integrationId, index));
}

const texts = [
  ["Вы записаны. Ждём вас в назначенное время.", "You are booked. We look forward to seeing you."],
  [
    "Запись перенесена. Проверьте новое время.",
    "Your booking was moved. Please check the new time.",
  ],
  ["Напоминаем о записи: до начала два часа.", "A reminder: your booking starts in two hours."],
  [
    "Запись отменена. Выберите другое время.",
    "Your booking was cancelled. Please choose another time.",
  ],
] as const;

function action(integrationId: string, index: number): unknown {
  const isByTime = index % 4 === 2;
  return {
    Rid: `5a3e0008${index.toString(16).padStart(16, "0")}`,
    Type: 6,
    Trigger: {
      Type: isByTime ? 1 : 2,
      RelativeTime: isByTime ? -7200 : null,
      OperationProperties: { OperationTypeList: isByTime ? null : [3001 + index] },
      Conditions: { StartDateBeginOffset: null, StartDateEndOffset: null, StateList: [20, 2, 3] },
    },
    NotificationProperties: {
      DeliveryStrategy: 1,
      DeliveryChannelMessageList: [1, 2, 3].map((channel) => message(channel, index)),
      BeginAcceptableTime: 0,
      EndAcceptableTime: 86_340,
    },
    CaseParticipantFilter: {
      CaseParticipantTypeList: [1001],
      CaseParticipantStateList: [2, 4],
      AgentTypeList: [],
      UserType: 0,
      ConfirmationWaitingState: 0,
    },
    RequestConfirmationProperties: { ConfirmationWaitingDuration: null },
    CaseChangeProperties: null,
    IntegrationProperties: { IntegrationConfigIdList: [integrationId] },
  };
}

function message(channel: number, index: number): unknown {
  const [ru, en] = texts[index % texts.length] ?? texts[0];
  return {
    DeliveryChannelList: [channel],
    MultiLanguageMessage: {
      LanguageMessageList: [
        { Default: true, LanguageList: ["ru"], Text: ru },
        { Default: false, LanguageList: ["en"], Text: en },
      ],
    },
    EmailOptions: { Sender: null, Subject: null, Template: null },
  };
}
