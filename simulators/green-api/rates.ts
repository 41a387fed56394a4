import type { Instance } from "./world.ts";

/** Calls a second and instance; methods that are not listed have no limit. */
const limits: Readonly<Record<string, number>> = {
  sendmessage: 50,
  receivenotification: 100,
  deletenotification: 100,
  getstateinstance: 1,
  getsettings: 1,
  setsettings: 1,
  getaccountsettings: 1,
  checkaccount: 10,
  checkwhatsapp: 10,
  getmessage: 10,
};

/** Tells whether a call is over its method's limit; a second begins with the first call in it. */
export function makeRates(now: () => number): (instance: Instance, method: string) => boolean {
  const windows = new Map<string, { startedAt: number; calls: number }>();
  return ({ id }, method) => {
    const key = `${id}/${method}`;
    const at = now();
    const open = windows.get(key);
    const window = open && at - open.startedAt < 1_000 ? open : { startedAt: at, calls: 0 };
    window.calls += 1;
    windows.set(key, window);
    return window.calls > (limits[method] ?? Infinity);
  };
}
