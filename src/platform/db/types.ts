import pg from "pg";
import { DatabaseError } from "./errors.ts";

/**
 * How values come out of the database: `bigint` is a number (instants in ms, sequences), dates and timestamps stay
 * text, the rest is as in `pg` (`numeric` is text: cast a sum of bigints back to `bigint`).
 */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary"): unknown {
    const own = format === "binary" ? undefined : parsers.get(oid);
    return own ?? pg.types.getTypeParser(oid, format);
  },
};

const parsers = new Map<number, (text: string) => unknown>([
  [20, toNumber], // int8
  [1016, (text) => parseTextArray(text).map((item) => (item === null ? null : toNumber(item)))], // int8[]
  [1082, asIs], // date
  [1114, asIs], // timestamp
  [1184, asIs], // timestamptz
]);

/** Throws beyond 2^53: a rounded id would name another row. */
function toNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new DatabaseError(
    "number_too_big",
    "A bigint does not fit a number. Store ids of others as text.",
  );
}

function asIs(text: string): string {
  return text;
}

/** `text[]` is not among the ids that the types of `pg` know. */
const textArrayOid = 1009 as (typeof pg.types.builtins)["TEXT"];

const parseTextArray = pg.types.getTypeParser(textArrayOid, "text") as (
  text: string,
) => (string | null)[];
