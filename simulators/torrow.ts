import { type Simulator, startSimulator } from "./simulator.ts";
import { webhookBody } from "./torrow/bodies.ts";
import { makeOrder, type SimulatedOrder } from "./torrow/orders.ts";
import { answerRest, problem } from "./torrow/rest.ts";

export { makeParticipant, makeResource } from "./torrow/orders.ts";
export type { SimulatedOrder, SimulatedParticipant, SimulatedResource } from "./torrow/orders.ts";

export interface TorrowOptions {
  readonly port?: number;
  /** The personal token that the REST API takes. */
  readonly token?: string;
  readonly integrationId?: string;
}

/** Event types that the demo and the tests speak of; any number can be emitted. */
export const eventTypes = {
  checkIn: 3001,
  cancel: 3036,
  update: 3041,
  updateTime: 3042,
  action: 3060,
} as const;

export interface HookAnswer {
  readonly status: number;
  readonly text: string;
}

/** The booking service: orders, its REST API, and the events it posts to hooks. */
export interface TorrowSimulator extends Simulator {
  readonly orders: ReadonlyMap<string, SimulatedOrder>;
  /** Where events go; several hooks hear the same event one after another. */
  hookUrls: readonly string[];
  /** Whether a write through the REST API raises `UpdateCase` at the hooks. */
  isUpdateEmitted: boolean;
  /** Takes another token from now on, so that the one before answers 401. */
  token: string;
  createOrder(given?: Partial<SimulatedOrder>): SimulatedOrder;
  /** A person's edit: raises the version and tells nobody until an event is emitted. */
  editOrder(id: string, change: Partial<SimulatedOrder>): SimulatedOrder;
  moveOrder(id: string, byMs: number): SimulatedOrder;
  cancelOrder(id: string): SimulatedOrder;
  /** The body of an event, as it would be posted now. */
  eventBody(id: string, eventType?: number): Readonly<Record<string, unknown>>;
  /** Posts an event to every hook, or to the one given, and hands back their answers in order. */
  emit(id: string, eventType?: number, hookUrl?: string): Promise<readonly HookAnswer[]>;
}

const defaultToken = "torrow-token-of-the-simulator";
const defaultIntegrationId = "c0de0006000000000000000000000001";
const cancelled = 8;

export async function startTorrowSimulator(options: TorrowOptions = {}): Promise<TorrowSimulator> {
  const book = makeBook();
  const write = (id: string, change: Partial<SimulatedOrder>): SimulatedOrder => {
    const written = book.editOrder(id, change);
    // Nobody waits for the hooks' answers, as at the booking service itself.
    if (simulator.isUpdateEmitted)
      void simulator.emit(id, eventTypes.update).catch(() => undefined);
    return written;
  };
  const server = await startSimulator((call) => {
    const isLetIn = call.headers["authorization"] === `Bearer ${simulator.token}`;
    const find = (id: string): SimulatedOrder | undefined => book.orders.get(id);
    return isLetIn ? answerRest(call, { find, write }) : problem(401, "Unauthorized");
  }, options);
  const integrationId = options.integrationId ?? defaultIntegrationId;
  const simulator: TorrowSimulator = {
    ...server,
    ...book,
    hookUrls: [],
    isUpdateEmitted: false,
    token: options.token ?? defaultToken,
    eventBody: (id, eventType = eventTypes.action) =>
      webhookBody({ order: book.get(id), eventType, integrationId }),
    emit: (id, eventType, hookUrl) =>
      postAll(
        hookUrl === undefined ? simulator.hookUrls : [hookUrl],
        JSON.stringify(simulator.eventBody(id, eventType)),
      ),
  };
  return simulator;
}

type Book = Pick<
  TorrowSimulator,
  "orders" | "createOrder" | "editOrder" | "moveOrder" | "cancelOrder"
> & { get(id: string): SimulatedOrder };

function makeBook(): Book {
  const orders = new Map<string, SimulatedOrder>();
  const get = (id: string): SimulatedOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`The simulated booking service has no order ${id}.`);
    return order;
  };
  const editOrder = (id: string, change: Partial<SimulatedOrder>): SimulatedOrder => {
    const order = get(id);
    const edited = { ...order, ...change, id, version: change.version ?? order.version + 1 };
    orders.set(id, edited);
    return edited;
  };
  return {
    orders,
    get,
    editOrder,
    createOrder(given = {}) {
      const order = makeOrder(given, { number: orders.size + 1, now: Date.now() });
      orders.set(order.id, order);
      return order;
    },
    moveOrder(id, byMs) {
      const { startsAt, endsAt } = get(id);
      return editOrder(id, { startsAt: startsAt + byMs, endsAt: endsAt + byMs });
    },
    cancelOrder: (id) => editOrder(id, { state: cancelled }),
  };
}

async function postAll(urls: readonly string[], body: string): Promise<readonly HookAnswer[]> {
  const answers: HookAnswer[] = [];
  for (const url of urls) answers.push(await post(url, body));
  return answers;
}

async function post(url: string, body: string): Promise<HookAnswer> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}
