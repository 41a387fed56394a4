import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "#platform/db/database.ts";
import type { Log } from "#platform/log/log.ts";
import { resealAll, type Resealed } from "#platform/secrets/reseal.ts";
import type { KeyedVault } from "#platform/secrets/vault.ts";
import { sealedPlaces } from "./sealed-places.ts";

export interface Sealing {
  readonly database: Database;
  readonly vault: KeyedVault;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

/** Seals by the newest key whatever an older one sealed, and notes that it is done. */
export async function sealAnew(sealing: Sealing): Promise<Resealed> {
  const done = await resealAll(sealing.database, sealing.vault, sealedPlaces);
  await writeFile(noteOf(sealing.dataDir), wordOf(sealing), { mode: 0o600 });
  return done;
}

/** The same unless it was done for this key already: looking at every row would slow each start down. */
export async function sealAnewIfDue(sealing: Sealing & { readonly log: Log }): Promise<void> {
  const noted = await readFile(noteOf(sealing.dataDir), "utf8").catch(() => "");
  if (noted === wordOf(sealing)) return;
  const { rows, damaged } = await sealAnew(sealing);
  if (rows > 0) sealing.log.info({ rows }, "sealed stored secrets anew with the newest key");
  if (damaged > 0) sealing.log.warn({ damaged }, "stored secrets are damaged and were left alone");
}

/** After a restore everything is looked at again. */
export async function forgetSealing(dataDir: string): Promise<void> {
  await rm(noteOf(dataDir), { force: true });
}

const noteOf = (dataDir: string): string => join(dataDir, "sealed-with");

function wordOf({ vault, databaseUrl = "" }: Sealing): string {
  const database = createHash("sha256").update(databaseUrl).digest("hex").slice(0, 16);
  return `${vault.keyId} ${database}\n`;
}
