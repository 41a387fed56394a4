import { createHash } from "node:crypto";
import type { Database } from "#platform/db/database.ts";

/** A text from one place that canaries must not be found in. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Names each canary that stands in a place, in whatever spelling. */
export function findCanaries(
  canaries: Readonly<Record<string, string>>,
  places: readonly Place[],
): readonly string[] {
  const spelled = Object.entries(canaries).map(([name, value]) => ({
    name,
    all: spellings(value),
  }));
  return places.flatMap((place) => {
    const lower = place.text.toLowerCase();
    return spelled.flatMap(({ name, all }) =>
      all.flatMap(({ how, text }) => {
        const at = lower.indexOf(text.toLowerCase());
        return at < 0 ? [] : [`${name}, ${how}, in ${place.name}: ${around(place.text, at)}`];
      }),
    );
  });
}

/** Shorter pieces would be found anywhere. */
const SHORTEST = 8;

function spellings(secret: string): readonly { how: string; text: string }[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => base64At(bytes, shift));
  const all = {
    raw: [secret],
    "URL-encoded": [
      encodeURIComponent(secret),
      new URLSearchParams([["", secret]]).toString().slice(1),
    ],
    "JSON-escaped": [
      JSON.stringify(secret).slice(1, -1),
      JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    ],
    base64: [...base64, bytes.toString("base64url")],
    hex: [bytes.toString("hex")],
    MD5: [
      createHash("md5").update(secret).digest("hex"),
      createHash("md5").update(secret).digest("base64"),
    ],
    SHA: [
      createHash("sha256").update(secret).digest("hex"),
      createHash("sha256").update(secret).digest("base64"),
    ],
  };
  return Object.entries(all).flatMap(([how, texts]) =>
    [...new Set(texts)].filter((text) => text.length >= SHORTEST).map((text) => ({ how, text })),
  );
}

/** How the secret looks inside a longer text's base64, where it begins at this place of a group of three bytes. */
function base64At(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const skipped = shift === 0 ? 0 : shift + 1;
  const isCut = (shift + bytes.length) % 3 !== 0;
  return text.slice(skipped, isCut ? -1 : undefined);
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 120), at + 80).replaceAll(/\s+/g, " ");
}

/** Every table as text, bytes in hex. Bodies of events are left out: they hold what their sender put there. */
export async function dumpTables(database: Database): Promise<readonly Place[]> {
  const columns = await database.query<{ name: string; columns: string }>(
    `select table_name as name, string_agg(format('%I', column_name), ', ' order by ordinal_position) as columns
      from information_schema.columns where table_schema = 'public'
      and (table_name, column_name) <> ('intake_event', 'body') group by table_name`,
  );
  const places: Place[] = [];
  for (const { name, columns: list } of columns) {
    const rows = await database.query<{ line: string }>(
      `select row(${list})::text as line from "${name}" as t`,
    );
    places.push(...rows.map(({ line }) => ({ name: `table ${name}`, text: line })));
  }
  return places;
}
