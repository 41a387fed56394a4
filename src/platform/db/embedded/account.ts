import { createHash } from "node:crypto";
import { chmod, chown, lchown, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Who a child process runs as; absent means: as we do. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. Elsewhere than under root there is nothing to choose. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Under root: the owner of an existing cluster, or a user id that nobody has, the same for the same folder. */
export async function chooseAccount(cluster: string): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const taken = new Set((await readPasswd()).map((entry) => entry.uid));
  const start = createHash("sha256").update(cluster).digest().readUInt32BE() % freeIds.count;
  const ids = Array.from(
    { length: freeIds.count },
    (_, step) => freeIds.first + ((start + step) % freeIds.count),
  );
  const uid = ids.find((id) => !taken.has(id)) ?? freeIds.first;
  return { uid, gid: uid };
}

/** `initdb` wants an entry in passwd, which a free id has not. */
export async function findNobody(): Promise<Account> {
  const nobody = (await readPasswd()).find((entry) => entry.name === "nobody");
  return nobody ?? { uid: 65_534, gid: 65_534 };
}

/** Gives a folder with all that is in it to an account. */
export async function giveTo(folder: string, account: Account): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  await Promise.all(entries.map((entry) => lchown(join(folder, entry), account.uid, account.gid)));
  await chown(folder, account.uid, account.gid);
}

/** Lets others pass through a folder, not list it. */
export async function letPass(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001);
}

/**
 * Ids that systemd gives to nobody and no distribution hands out, below 65536 so that they exist in a container too.
 * https://systemd.io/UIDS-GIDS/
 */
const freeIds = { first: 60_706, count: 478 };

async function readPasswd(): Promise<(Account & { readonly name: string })[]> {
  const text = await readFile("/etc/passwd", "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
