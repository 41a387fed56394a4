import { Refused } from "./errors.ts";
import { pageOf, type Fields } from "./fields.ts";
import { talkToLock } from "./gateways.ts";
import { noteEffect, type Code, type Lock, type World, type Written } from "./world.ts";

const permanent = 2;
const period = 3;
const statusNormal = 1;
const statusAdding = 4;

/** `keyboardPwd/add`: `addType` 1 only tells the cloud, 2 writes through a gateway now, 4 writes some time later. */
export async function addPasscode(world: World, lock: Lock, fields: Fields): Promise<object> {
  const digits = readNewDigits(fields.text("keyboardPwd"));
  const type = fields.integer("keyboardPwdType", period);
  const written = type === permanent ? always(digits) : { digits, ...readPeriod(fields) };
  checkTable(world, lock, digits);
  const addType = fields.integer("addType", 1);
  const name = fields.text("keyboardPwdName") ?? "";
  const isLater = addType === 4;
  if (addType === 3 || (isLater && lock.wifi === "none")) throw new Refused(-4043);
  const add = (keypad: Written | undefined): object => {
    checkTable(world, lock, digits);
    const code = insert(world, { lockId: lock.lockId, isCustom: true, type, keypad });
    code.cloud = { ...written, name, status: isLater ? statusAdding : statusNormal };
    noteEffect(world, "add", code);
    return { keyboardPwdId: code.id };
  };
  return addType === 2 ? talkToLock(world, lock, () => add(written)) : add(undefined);
}

/** `keyboardPwd/change`: one date without the other is reported as success and has no effect. */
export async function changePasscode(world: World, lock: Lock, fields: Fields): Promise<object> {
  const code = findPasscode(world, lock, fields.integer("keyboardPwdId"));
  if (!code) return unknownPasscode(world);
  const isRefused = !code.isCustom || world.quirks.changeOfUnused === "refused";
  if (isRefused && !code.wasUsed) throw new Refused(-3008);
  const wanted = readChange(world, lock, { code, fields });
  const name = fields.text("keyboardPwdName");
  const change = (): void => {
    if (!code.cloud) throw new Refused(-2009);
    code.cloud = { ...code.cloud, ...wanted, name: name ?? code.cloud.name };
    noteEffect(world, "change", code);
  };
  if (!wanted || fields.integer("changeType", 1) !== 2) {
    change();
    return { errcode: 0 };
  }
  await talkToLock(world, lock, () => {
    change();
    code.keypad = wanted;
  });
  return { errcode: 0 };
}

/** `keyboardPwd/delete`: with `deleteType` 1 the cloud forgets the code and the keypad goes on obeying it. */
export async function deletePasscode(world: World, lock: Lock, fields: Fields): Promise<object> {
  return remove(world, lock, {
    code: findPasscode(world, lock, fields.integer("keyboardPwdId")),
    isOverGateway: fields.integer("deleteType", 1) === 2,
  });
}

export async function deletePasscodeByDigits(
  world: World,
  lock: Lock,
  fields: Fields,
): Promise<object> {
  const digits = fields.text("keyboardPwd");
  return remove(world, lock, {
    code: listed(world, lock).find(({ cloud }) => cloud?.digits === digits),
    isOverGateway: fields.integer("deleteType", 1) === 2,
  });
}

/** `lock/listKeyboardPwd`: the search is fuzzy by name and exact by digits. */
export function listPasscodes(world: World, lock: Lock, fields: Fields): object {
  const search = fields.text("searchStr") ?? "";
  const found = listed(world, lock).filter(
    ({ cloud }) =>
      cloud?.digits === search || cloud?.name.toLowerCase().includes(search.toLowerCase()),
  );
  const order = fields.integer("orderBy", 1);
  const byName = (a: Code, b: Code): number =>
    (a.cloud?.name ?? "").localeCompare(b.cloud?.name ?? "") * (order === 2 ? -1 : 1);
  found.sort(order === 1 ? (a, b) => b.id - a.id : byName);
  const sender = world.accounts.find(({ uid }) => uid === lock.ownerUid)?.username;
  return pageOf(
    found.map((code) => present(code, sender)),
    fields,
    200,
  );
}

/** A new row of the table; the id is never used again. */
export function insert(
  world: World,
  row: Pick<Code, "lockId" | "isCustom" | "type" | "keypad">,
): Code {
  world.nextId += 1;
  const code: Code = {
    ...row,
    id: world.nextId,
    sentAt: world.now(),
    cloud: undefined,
    wasUsed: false,
  };
  world.codes.push(code);
  return code;
}

/** What the cloud lists for a lock. */
export const listed = (world: World, lock: Lock): Code[] =>
  world.codes.filter(({ lockId, cloud }) => lockId === lock.lockId && cloud !== undefined);

export function readPeriod(fields: Fields): { startDate: number; endDate: number } {
  const startDate = fields.integer("startDate");
  const endDate = fields.integer("endDate");
  if (endDate <= startDate) throw new Refused(-3);
  return { startDate, endDate };
}

async function remove(
  world: World,
  lock: Lock,
  target: { readonly code: Code | undefined; readonly isOverGateway: boolean },
): Promise<object> {
  const { code, isOverGateway } = target;
  if (!code) return unknownPasscode(world);
  const forget = (): void => {
    noteEffect(world, "delete", code);
    code.cloud = undefined;
  };
  if (!isOverGateway) {
    forget();
    return { errcode: 0 };
  }
  await talkToLock(world, lock, () => {
    forget();
    code.keypad = undefined;
  });
  return { errcode: 0 };
}

function readChange(
  world: World,
  lock: Lock,
  asked: { readonly code: Code; readonly fields: Fields },
): Written | undefined {
  const { fields } = asked;
  const current = asked.code.cloud;
  const digits = fields.text("newKeyboardPwd");
  if (digits !== undefined) checkTable(world, lock, readNewDigits(digits));
  const hasPeriod = fields.text("startDate") !== undefined && fields.text("endDate") !== undefined;
  if (!current || (!hasPeriod && digits === undefined)) return undefined;
  return {
    digits: digits ?? current.digits,
    ...(hasPeriod
      ? readPeriod(fields)
      : { startDate: current.startDate, endDate: current.endDate }),
  };
}

function unknownPasscode(world: World): object {
  if (world.quirks.deleteUnknown === "refused") throw new Refused(-2009);
  return { errcode: 0 };
}

function checkTable(world: World, lock: Lock, digits: string): void {
  const rows = listed(world, lock);
  if (rows.some(({ cloud }) => cloud?.digits === digits)) throw new Refused(-3007);
  if (rows.filter(({ isCustom }) => isCustom).length >= lock.capacity) throw new Refused(-3009);
}

function readNewDigits(digits: string | undefined): string {
  if (digits === undefined || !/^\d+$/.test(digits)) throw new Refused(-3);
  if (digits.length < 4 || digits.length > 9) throw new Refused(-3006);
  if (isSimple(digits)) throw new Refused(-2032);
  return digits;
}

/** All digits the same, or each one above (or below) the one before it. */
function isSimple(digits: string): boolean {
  const steps = Array.from(digits)
    .slice(1)
    .map((digit, index) => Number(digit) - Number(digits[index]));
  return [0, 1, -1].some((step) => steps.every((taken) => taken === step));
}

const always = (digits: string): Written => ({ digits, startDate: 0, endDate: 0 });

const findPasscode = (world: World, lock: Lock, id: number): Code | undefined =>
  listed(world, lock).find((code) => code.id === id);

const present = (code: Code, sender: string | undefined): object => ({
  keyboardPwdId: code.id,
  lockId: code.lockId,
  keyboardPwd: code.cloud?.digits,
  keyboardPwdName: code.cloud?.name,
  keyboardPwdType: code.type,
  startDate: code.cloud?.startDate,
  endDate: code.cloud?.endDate,
  sendDate: code.sentAt,
  isCustom: code.isCustom ? 1 : 0,
  status: code.cloud?.status,
  senderUsername: sender,
});
