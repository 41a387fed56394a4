export { notifiedParticipants, phoneAddress, readPhone, userAddress } from "./address.ts";
export { formatParameters, type FormatValues } from "./format-parameters.ts";
export { formatFindings, readLocale } from "./locale.ts";
export { formatInstant } from "./quantities.ts";
export { renderNotification, renderText } from "./render.ts";
export { addressOf, noAddress, type MessageValues } from "./notification.ts";
