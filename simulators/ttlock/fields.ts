import type { SimulatedCall } from "../simulator.ts";
import { Refused } from "./errors.ts";

/** Query and form of one call, mixed as the vendor allows, in camel or snake case. */
export interface Fields {
  text(name: string): string | undefined;
  /** -3 when it is missing or no whole number. */
  integer(name: string, fallback?: number): number;
}

export function readFields(call: SimulatedCall): Fields {
  const values = new Map<string, string>();
  for (const [name, value] of call.query) values.set(camel(name), value);
  for (const [name, value] of new URLSearchParams(call.body)) values.set(camel(name), value);
  return {
    text: (name) => values.get(name),
    integer: (name, fallback) => {
      const given = values.get(name);
      if (given === undefined && fallback !== undefined) return fallback;
      if (given === undefined || !/^-?\d+$/.test(given)) throw new Refused(-3);
      return Number(given);
    },
  };
}

/** One page of a listing, with the vendor's frame. */
export function pageOf(rows: readonly object[], fields: Fields, maxSize: number): object {
  const pageNo = fields.integer("pageNo", 1);
  const pageSize = fields.integer("pageSize", 20);
  if (pageNo < 1 || pageSize < 1 || pageSize > maxSize) throw new Refused(-3);
  return {
    list: rows.slice((pageNo - 1) * pageSize, pageNo * pageSize),
    pageNo,
    pageSize,
    pages: Math.ceil(rows.length / pageSize),
    total: rows.length,
  };
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
