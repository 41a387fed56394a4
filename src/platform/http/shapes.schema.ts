import { z } from "zod";

/** A sentence for a person, in both languages. */
export const text = z
  .object({ en: z.string(), ru: z.string() })
  .meta({ id: "Text", description: "One sentence for a person, in both languages." });

export const instant = z
  .int()
  .meta({ description: "Milliseconds since 1970.", examples: [1_793_000_000_000] });

export const id = z.uuid();

export const mark = z.enum(["fact", "waiting", "done", "trouble", "failed", "uncertain"]).meta({
  id: "Mark",
  description:
    "How a point is drawn: a plain fact, something on its way, a success, trouble that is being handled, a loss, or an outcome that nobody knows.",
});

const cursor = z.string().min(1).max(200);

/** The query of a list. */
export const pageQuery = z.object({
  before: cursor
    .optional()
    .meta({ description: "The `next` of the page before; absent: the first page." }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "Items of a page at most." }),
});

/** One page of a list, newest first. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .meta({ description: "Cursor of the next page; null: this is the last one." }),
  });
}

/** A list whose cursor is the id of its last item. */
export const pageByIdQuery = pageQuery.extend({
  before: id
    .optional()
    .meta({ description: "The `next` of the page before; absent: the first page." }),
});

/** Makes a page of what was read: one more than the page holds tells whether another one follows. */
export function toPage<Item>(
  read: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): { readonly items: Item[]; readonly next: string | null } {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return { items, next: read.length > limit && last ? cursorOf(last) : null };
}
