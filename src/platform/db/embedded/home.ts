import { chmod, mkdir, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { DatabaseError } from "../errors.ts";
import { isReachable } from "../data-dir.ts";
import { chooseAccount, isRoot, letPass, type Account } from "./account.ts";
import { installBinaries } from "./binaries.ts";

/** Where one embedded server lives, and as whom. */
export interface Home {
  readonly dataDir: string;
  /** Holds all that follows. */
  readonly folder: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly logFile: string;
  /** Present when the server listens on loopback instead of a socket. */
  readonly passwordFile: string;
  readonly account: Account | undefined;
}

/** Makes the data directory if need be and gives its one true path. */
export async function makeDataDir(wanted: string): Promise<string> {
  const made = await mkdir(wanted, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(wanted);
  if (isRoot() && made !== undefined) await openDown(await realpath(made), dataDir);
  return dataDir;
}

/** Folders that we made ourselves on the way, which a strict umask has closed. */
async function openDown(first: string, last: string): Promise<void> {
  await letPass(first);
  const [next] = relative(first, last).split(sep);
  if (next) await openDown(join(first, next), last);
}

/** Makes the folders, open to the account that the server will run as. Throws `data_dir_unusable`. */
export async function makeHome(dataDir: string): Promise<Home> {
  const folder = join(dataDir, "postgres");
  if (isRoot()) await openUp(dataDir);
  await mkdir(folder, { recursive: true });
  if (isRoot()) await chmod(folder, 0o755);
  const cluster = join(folder, "data");
  return {
    dataDir,
    folder,
    cluster,
    logFile: join(folder, "postgres.log"),
    passwordFile: join(folder, "password"),
    account: await chooseAccount(cluster),
  };
}

/** Gives the folder that has `bin/`. */
export const programsOf = (home: Home): Promise<string> => installBinaries(home.folder);

async function openUp(dataDir: string): Promise<void> {
  if (!(await isReachable(dataDir))) {
    const message =
      `PostgreSQL does not run as root, and no other user can enter ${dataDir}. ` +
      "Name a directory whose parents others may enter, such as --data /var/lib/concierge.";
    throw new DatabaseError("data_dir_unusable", message);
  }
  await letPass(dataDir);
}
