import { isDeepStrictEqual } from "node:util";
import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";
import { restOrder } from "./bodies.ts";
import type { SimulatedOrder } from "./orders.ts";

/** What the REST API may do to the orders. */
export interface OrderBook {
  find(id: string): SimulatedOrder | undefined;
  /** Writes and raises the version; whoever listens hears of it as of an API write. */
  write(id: string, change: Partial<SimulatedOrder>): SimulatedOrder;
}

/** Answers one call for an order that was let in already. */
export function answerRest(call: SimulatedCall, book: OrderBook): SimulatedAnswer {
  const [, id = "", action = ""] = casePath.exec(pathOf(call)) ?? [];
  const order = book.find(decodeURIComponent(id));
  const isHidden = order?.isDeleted && call.query.get("includeDeleted") !== "true";
  if (!order || isHidden) return problem(404, "Not Found");
  const act = actions[`${call.method} ${action}`];
  return act ? act(call, order, book) : problem(405, "Method Not Allowed");
}

const casePath = /^\/cases\/([^/]+)(?:\/(patch|shorturl))?$/u;

type Act = (call: SimulatedCall, order: SimulatedOrder, book: OrderBook) => SimulatedAnswer;

const actions: Readonly<Record<string, Act>> = {
  "GET ": (_, order) => ({ status: 200, body: restOrder(order) }),
  "PUT ": replaceOrder,
  "POST patch": patchOrder,
  "POST shorturl": (_, order) => ({
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(`https://trrw.example/${order.number}`),
  }),
};

/** The base may end in `/api/v1`, as the real one does, or not. */
function pathOf({ path }: SimulatedCall): string {
  return path.replace(/^\/api\/v1/u, "");
}

function replaceOrder(
  call: SimulatedCall,
  order: SimulatedOrder,
  book: OrderBook,
): SimulatedAnswer {
  const body = parseObject(call.body);
  const meta = body?.["meta"] as { version?: unknown } | undefined;
  if (!body) return problem(400, "Bad Request");
  const isStale = call.query.get("checkVersion") === "true" && meta?.version !== order.version;
  if (isStale) return problem(409, "Conflict");
  return describe(order, body["description"], book);
}

interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly value?: unknown;
}

function patchOrder(call: SimulatedCall, order: SimulatedOrder, book: OrderBook): SimulatedAnswer {
  const patchDoc = parseObject(call.body)?.["patchDoc"] as { operations?: unknown } | undefined;
  const operations = patchDoc?.operations;
  if (!Array.isArray(operations) || operations.length === 0) return problem(400, "Bad Request");
  const isKnown = operations.every(
    ({ op, path }: Operation) =>
      (op === "replace" || op === "add") && String(path).toLowerCase() === "/description",
  );
  if (!isKnown) return problem(400, "The target location specified by path was not found.");
  return describe(order, (operations.at(-1) as Operation).value, book);
}

function describe(order: SimulatedOrder, description: unknown, book: OrderBook): SimulatedAnswer {
  if (description !== null && typeof description !== "string") return problem(400, "Bad Request");
  const isSame = isDeepStrictEqual(order.description, description);
  const written = isSame ? order : book.write(order.id, { description });
  return { status: 200, body: restOrder(written) };
}

export function problem(status: number, title: string): SimulatedAnswer {
  return { status, body: { type: "about:blank", title, status, traceId: "00-simulated" } };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
