import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keyFileOf } from "#ground.ts";
import { openDatabase, type Database } from "#platform/db/database.ts";
import { pendingMigrations } from "#platform/db/migrate.ts";
import { parseKeyRing } from "#platform/secrets/key-ring.ts";
import { makeVault } from "#platform/secrets/vault.ts";
import { sealedPlaces } from "#sealed-places.ts";
import type { Settings } from "../desk.ts";
import { failureText } from "../failure-text.ts";
import { bad, good, warning, type Finding } from "./finding.ts";

export interface DatabaseReport {
  readonly findings: readonly Finding[];
  /** Providers with an account here. */
  readonly usedProviders: readonly string[];
}

interface Place {
  readonly settings: Settings;
  readonly dataDir: string;
}

/** Looks at the database and whether the key fits what is sealed in it. Makes and changes nothing. */
export async function checkDatabase(place: Place): Promise<DatabaseReport> {
  const { settings, dataDir } = place;
  const url = settings.secrets.databaseUrl;
  if (url === undefined && !existsSync(join(dataDir, "postgres", "data")))
    return { findings: [notYet], usedProviders: [] };
  try {
    await using database = await openDatabase(
      url === undefined ? { embedded: { dataDir }, orJoin: true } : { url },
    );
    const findings = [
      await checkServer(database),
      await checkMigrations(database),
      await checkKey(database, place),
    ];
    return { findings, usedProviders: await usedProviders(database) };
  } catch (error) {
    const { en, ru } = failureText(error);
    return { findings: [bad(`Database: ${en}`, `База данных: ${ru}`)], usedProviders: [] };
  }
}

const oldestVersion = 15;
const slowMs = 50;

async function checkServer(database: Database): Promise<Finding> {
  const [about] = await database.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  );
  const { number = 0, version = "" } = about ?? {};
  if (number < oldestVersion * 10_000)
    return bad(
      `Database: PostgreSQL ${version} is too old. Take ${oldestVersion} or later.`,
      `База данных: PostgreSQL ${version} слишком стар. Нужен ${oldestVersion} или новее.`,
    );
  const ms = await latencyMs(database);
  if (ms > slowMs)
    return warning(
      `Database: PostgreSQL ${version} takes ${ms} ms to answer. Put the server nearer to it.`,
      `База данных: PostgreSQL ${version} отвечает за ${ms} мс. Разместите сервер ближе к ней.`,
    );
  return good(
    `Database: PostgreSQL ${version}, answers in ${ms} ms.`,
    `База данных: PostgreSQL ${version}, отвечает за ${ms} мс.`,
  );
}

/** The best of three: what the line takes, not what the first query did. */
async function latencyMs(database: Database): Promise<number> {
  let best = Infinity;
  for (const _ of [1, 2, 3]) {
    const from = performance.now();
    await database.query("select 1");
    best = Math.min(best, performance.now() - from);
  }
  return Math.round(best * 10) / 10;
}

async function checkMigrations(database: Database): Promise<Finding> {
  try {
    const pending = await pendingMigrations(database);
    return pending.length === 0
      ? good("Tables: up to date.", "Таблицы: в актуальном виде.")
      : warning(
          `Tables: ${pending.length} changes are due; the next start applies them, after a backup.`,
          `Таблицы: ожидают изменения (${pending.length}); следующий запуск применит их, сняв перед этим копию.`,
        );
  } catch (error) {
    const { en, ru } = failureText(error);
    return bad(`Tables: ${en}`, `Таблицы: ${ru}`);
  }
}

async function checkKey(database: Database, { settings, dataDir }: Place): Promise<Finding> {
  const text = await readFile(keyFileOf(dataDir), "utf8").catch(() => undefined);
  const keys = settings.secrets.keys ?? (text === undefined ? undefined : parseKeyRing(text));
  if (!keys) return text === undefined ? noKey(keyFileOf(dataDir)) : brokenKey(keyFileOf(dataDir));
  const vault = makeVault({ keys });
  try {
    for (const { table, column, context } of sealedColumns) {
      const sealed = await findSealed(database, table, column);
      if (sealed) vault.open(sealed, context);
    }
    return good("Secret key: opens what is kept.", "Секретный ключ: открывает сохранённое.");
  } catch (error) {
    const { en, ru } = failureText(error);
    return bad(`Secret key: ${en}`, `Секретный ключ: ${ru}`);
  }
}

const sealedColumns = sealedPlaces.flatMap(({ table, values }) =>
  values.map(({ name, context, inside }) => ({ table, column: inside?.read ?? name, context })),
);

async function findSealed(
  database: Database,
  table: string,
  column: string,
): Promise<Uint8Array | undefined> {
  const isThere = await database.query<{ known: boolean }>({
    text: "select to_regclass($1) is not null as known",
    values: [table],
  });
  if (isThere[0]?.known !== true) return undefined;
  const rows = await database.query<{ sealed: Uint8Array }>(
    `select ${column} as sealed from ${table} where ${column} is not null limit 1`,
  );
  return rows[0]?.sealed;
}

async function usedProviders(database: Database): Promise<readonly string[]> {
  const rows = await database
    .query<{ provider: string }>("select distinct provider from integration")
    .catch(() => []);
  return rows.map(({ provider }) => provider);
}

const notYet = warning(
  "Database: not made yet; the first start makes it: concierge start",
  "База данных: ещё не создана, её создаст первый запуск: concierge start",
);

const noKey = (path: string): Finding =>
  bad(
    `Secret key: the key file ${path} is gone. Put it back from a copy: without it, what is kept can't be read.`,
    `Секретный ключ: нет файла ${path}. Верните его из своей копии: без него сохранённое не прочитать.`,
  );

const brokenKey = (path: string): Finding =>
  bad(
    `Secret key: the key file ${path} holds no usable keys. Put it back from a copy.`,
    `Секретный ключ: в файле ${path} нет пригодных ключей. Верните его из своей копии.`,
  );
