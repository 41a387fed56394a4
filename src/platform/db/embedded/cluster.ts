import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DatabaseError } from "../errors.ts";
import { findNobody, giveTo, isRoot, type Account } from "./account.ts";
import type { Home } from "./home.ts";

export const user = "concierge";

/** Makes the cluster if there is none; a half-made one of an earlier try is thrown away. */
export async function ensureCluster(
  home: Home,
  programs: string,
  by: "socket" | "loopback",
): Promise<void> {
  if (existsSync(home.cluster)) return await assertReadable(home);
  const half = `${home.cluster}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const maker = isRoot() ? await findNobody() : undefined;
  if (maker) await chown(half, maker.uid, maker.gid);
  const reach = by === "socket" ? trust : await passwordOnly(home, maker);
  await runInitdb({ home, programs, cluster: half, maker }, reach);
  if (home.account) await giveTo(half, home.account);
  await rename(half, home.cluster);
}

/** Nobody but the server's own user gets to the socket, which lies in a folder that only he may enter. */
const trust = ["--auth-local=trust", "--auth-host=reject"];

async function passwordOnly(home: Home, maker: Account | undefined): Promise<string[]> {
  await writeFile(home.passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (maker) await chown(home.passwordFile, maker.uid, maker.gid);
  return ["--auth-local=reject", "--auth-host=scram-sha-256", `--pwfile=${home.passwordFile}`];
}

interface Making {
  readonly home: Home;
  readonly programs: string;
  readonly cluster: string;
  readonly maker: Account | undefined;
}

async function runInitdb(making: Making, reach: readonly string[]): Promise<void> {
  const { home, programs, cluster, maker } = making;
  const switches = ["-D", cluster, "-U", user, ...reach, ...shape];
  try {
    await promisify(execFile)(programIn(programs, "initdb"), switches, {
      cwd: cluster,
      env: cleanEnv(),
      ...maker,
    });
  } catch (cause) {
    const told =
      cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    const message = `The embedded PostgreSQL could not be set up in ${home.folder}: ${told}`;
    throw new DatabaseError("embedded_start_failed", message, { cause });
  }
}

const shape = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"];

export const programIn = (programs: string, name: string): string =>
  join(programs, "bin", process.platform === "win32" ? `${name}.exe` : name);

/** None of our variables: they hold secrets, and PostgreSQL would heed its own (`PGDATA`, `PGPORT`). */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = ["PATH", "SystemRoot", "TEMP", "TMP"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

async function assertReadable(home: Home): Promise<void> {
  const version = await readFile(join(home.cluster, "PG_VERSION"), "utf8").catch(
    (cause: unknown) => {
      const message = `The database in ${home.cluster} belongs to another user. Start Concierge as that user.`;
      throw new DatabaseError("data_dir_unusable", message, { cause });
    },
  );
  if (version.trim() === major) return;
  const message =
    `The database in ${home.cluster} is of PostgreSQL ${version.trim()}, this Concierge brings ${major}. ` +
    "Make a backup with the version that made it, and restore that into a new data directory.";
  throw new DatabaseError("data_dir_unusable", message);
}

const major = "18";
