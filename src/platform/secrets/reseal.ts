import type { Database } from "#platform/db/database.ts";
import type { KeyedVault } from "./vault.ts";
import { VaultError } from "./vault-error.ts";

/** One table with sealed values. */
export interface SealedPlace {
  readonly table: string;
  /** Columns of its primary key. */
  readonly key: readonly string[];
  readonly values: readonly SealedValue[];
  /** Made of what was sealed, by the newest key. */
  readonly fingerprint?: {
    readonly column: string;
    readonly reads: readonly string[];
    readonly of: (row: Row, opened: Readonly<Record<string, string>>) => string;
  };
}

/** A `bytea` column, unless it says how it is read and written. */
export interface SealedValue {
  readonly name: string;
  readonly context: string;
  /** SQL that gives the sealed bytes, and SQL that gives the column with `$` in place of them. */
  readonly inside?: { readonly read: string; readonly write: string };
}

export type Row = Readonly<Record<string, unknown>>;

export interface Resealed {
  readonly rows: number;
  /** Damaged ones, which no key opens; they are left as they are. */
  readonly damaged: number;
}

const atATime = 200;

/**
 * Seals by the newest key whatever older ones of the ring have sealed, fingerprints too. Safe to run twice, and beside
 * others that write: a row that changes meanwhile keeps what they wrote. Throws `secret_key_unfit` when a row was sealed
 * by a key that is not in the ring.
 */
export async function resealAll(
  database: Database,
  vault: KeyedVault,
  places: readonly SealedPlace[],
): Promise<Resealed> {
  let [rows, damaged] = [0, 0];
  for (const place of places)
    for await (const row of readOld(database, vault, place))
      if (await resealRow(database, vault, { place, row })) rows += 1;
      else damaged += 1;
  return { rows, damaged };
}

/** Goes on behind the last row, whatever became of it: so it ends, damaged rows or not. */
async function* readOld(
  database: Database,
  vault: KeyedVault,
  place: SealedPlace,
): AsyncGenerator<Row> {
  const text = selectOld(place);
  let last: Row | undefined;
  for (;;) {
    const after = place.key.map((name) => last?.[name] ?? null);
    const values = [vault.prefix, last !== undefined, ...after];
    const batch = await database.query<Row>({ text, values });
    yield* batch;
    if (batch.length < atATime) return;
    last = batch.at(-1);
  }
}

/** `$1`: the prefix of what the newest key has sealed; `$2`: whether the rest is the key of the row to go on after. */
function selectOld({ table, key, values, fingerprint }: SealedPlace): string {
  const columns = [
    ...key.map((name) => `${name}::text as ${name}`),
    ...values.map((value) => `${readOf(value)} as ${value.name}`),
    ...(fingerprint?.reads ?? []),
  ];
  const old = values.map((value) => `substring(${readOf(value)} from 1 for 5) <> $1`).join(" or ");
  const names = key.map((name) => `${name}::text collate "C"`).join(", ");
  const after = key.map((_, place) => `$${place + 3}::text collate "C"`).join(", ");
  return `select ${columns.join(", ")} from ${table}
    where (${old}) and (not $2 or (${names}) > (${after})) order by ${names} limit ${atATime}`;
}

const readOf = ({ name, inside }: SealedValue): string => inside?.read ?? name;

/** Whether it could be opened. */
async function resealRow(
  database: Database,
  vault: KeyedVault,
  { place, row }: { place: SealedPlace; row: Row },
): Promise<boolean> {
  const present = place.values.filter(({ name }) => row[name] !== null);
  const opened: Record<string, string> = {};
  try {
    for (const { name, context } of present)
      opened[name] = vault.open(row[name] as Uint8Array, context);
  } catch (error) {
    if (error instanceof VaultError && error.code === "sealed_damaged") return false;
    throw error;
  }
  const of = place.fingerprint?.of(row, opened);
  const fingerprint = of === undefined ? undefined : vault.fingerprint(of);
  const sealed = present.map(({ name, context }) => vault.seal(opened[name] ?? "", context));
  await update(database, { place, row, present, sealed, fingerprint }).catch((error: unknown) => {
    // The same was stored once more under the newest key already: both stay, the newer one is found.
    if (!isDouble(error)) throw error;
    return update(database, { place, row, present, sealed, fingerprint: undefined });
  });
  return true;
}

interface Change {
  readonly place: SealedPlace;
  readonly row: Row;
  readonly present: readonly SealedValue[];
  readonly sealed: readonly Uint8Array[];
  readonly fingerprint: string | undefined;
}

async function update(database: Database, change: Change): Promise<void> {
  const { place, row, present, sealed, fingerprint } = change;
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const sets = present.map((value, at) => {
    const bytes = `${put(sealed[at])}::bytea`;
    return `${value.name} = ${value.inside?.write.replace("$", () => bytes) ?? bytes}`;
  });
  if (place.fingerprint && fingerprint !== undefined)
    sets.push(`${place.fingerprint.column} = ${put(fingerprint)}`);
  const same = [
    ...place.key.map((name) => `${name}::text = ${put(row[name])}`),
    ...present.map((value) => `${readOf(value)} = ${put(row[value.name])}::bytea`),
  ];
  await database.query({
    text: `update ${place.table} set ${sets.join(", ")} where ${same.join(" and ")}`,
    values,
  });
}

function isDouble(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
