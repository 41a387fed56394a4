/** The vendor's English words for its codes, as far as a simulator gives them. */
const messages: Readonly<Record<number, string>> = {
  0: "none error message or means yes",
  1: "failed or means no",
  [-3]: "invalid parameter",
  10000: "invalid client_id",
  10001: "invalid client",
  10003: "invalid token",
  10004: "invalid grant",
  10007: "invalid account or invalid password",
  10011: "invalid refresh_token",
  20002: "not lock admin",
  30005: "password must be md5 encrypted",
  30006: "The frequency of API calls exceeds the limit",
  30007: "The number of API calls this month has been used up",
  30008: "wrong region, please use the server of your own region",
  80000: "date must be current time, in 5 minutes",
  90000: "internal server error",
  [-1003]: "Lock does not exist.",
  [-1007]: "No password data of this lock.",
  [-1026]: "The passcode of this period was deleted.",
  [-2009]: "Invalid passcode.",
  [-2012]: "The lock is not connected to any gateway.",
  [-2018]: "Permission denied.",
  [-2025]: "The lock is frozen.",
  [-2032]: "The passcode is too simple.",
  [-3002]: "The gateway is offline. Please check and try again.",
  [-3003]: "The gateway is busy. Please try again later.",
  [-3006]: "Invalid passcode. Passcode must be of 4 - 9 digits in length.",
  [-3007]: "The same passcode already exists. Please use another one.",
  [-3008]: "A passcode that has never been used on the lock cannot be changed.",
  [-3009]: "The space for storing customised passcodes has been used up.",
  [-3035]: "The lock is in power saving mode.",
  [-3036]: "The lock is offline.",
  [-4037]: "The gateway does not exist.",
  [-4043]: "This feature is not supported for this lock.",
};

export function refusal(errcode: number): object {
  const errmsg = messages[errcode] ?? `error ${errcode}`;
  return { errcode, errmsg, description: errmsg };
}

/** Leaves a handler with the vendor's error code. */
export class Refused extends Error {
  readonly errcode: number;
  constructor(errcode: number) {
    super(`errcode ${errcode}`);
    this.errcode = errcode;
  }
}
