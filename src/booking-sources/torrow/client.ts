import type { Outcome } from "#domain/outcome.ts";
import type { HttpAnswer, Tools } from "#domain/tools.ts";
import type { BookingSourceAccount, OrderNow, SourceOutcome } from "../booking-source.ts";
import { maxDescriptionLength, withBlock } from "./block.ts";
import { orderNow } from "./inbound.ts";
import { tokenVariable } from "./manifest.ts";
import { said } from "./texts.ts";
import { member, numberOf, textOf } from "./wire.ts";

type Refusal = Extract<SourceOutcome<never>, { outcome: "refused" }>;
type Failure = Exclude<SourceOutcome<never>, { outcome: "accepted" }>;

/** An order as the REST API has it. */
type Order = Readonly<Record<string, unknown>>;

/** How often a description is read and written again when somebody else changes it in between. */
const maxRounds = 3;

/** Opens the REST API with the personal token of the environment; `undefined` when there is none. */
export function connect(tools: Tools): BookingSourceAccount | undefined {
  const token = tools.environment[tokenVariable];
  if (!token) return undefined;
  const call = makeCall(tools, token);
  return {
    read: (bookingId) => readOrder(call, bookingId),
    writeBlock: (bookingId, block) => writeBlock(call, { bookingId, block, round: 1 }),
  };
}

type Call = (request: {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
}) => Promise<HttpAnswer>;

function makeCall({ http, baseUrl }: Tools, token: string): Call {
  return ({ method, path, body }) =>
    http({
      method,
      url: `${baseUrl}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

async function readOrder(call: Call, id: string): Promise<SourceOutcome<OrderNow | undefined>> {
  const found = await getOrder(call, id);
  if (found.outcome !== "accepted")
    return isGone(found) ? { outcome: "accepted", value: undefined } : found;
  return { outcome: "accepted", value: orderNow(found.value, id) };
}

function isGone(failure: Failure): boolean {
  return failure.outcome === "refused" && failure.because === "missing";
}

async function getOrder(call: Call, id: string): Promise<SourceOutcome<Order>> {
  const answer = await call({ method: "GET", path: pathOf(id) });
  // Reading changes nothing, so an answer that was lost is simply no answer.
  if (answer.arrived !== "yes") return { outcome: "unreachable", detail: said.away };
  return orderIn(answer) ?? failureOf(answer);
}

interface Write {
  readonly bookingId: string;
  readonly block: string | undefined;
  readonly round: number;
}

async function writeBlock(
  call: Call,
  write: Write,
): Promise<SourceOutcome<{ readonly hasChanged: boolean }>> {
  const found = await getOrder(call, write.bookingId);
  if (found.outcome !== "accepted") return found;
  const description = withBlock(descriptionOf(found.value), write.block);
  // `hasChanged` also when an earlier try of this very write turns out to have arrived.
  if (description === undefined) return changed(write.round > 1);
  if (description.length > maxDescriptionLength) return refused("invalid", said.tooLong);
  const answer = await patch(call, write.bookingId, description);
  if (answer.arrived === "no") return { outcome: "unreachable", detail: said.away };
  if (answer.arrived === "yes" && orderIn(answer)) return changed(true);
  const isSettled = answer.arrived === "yes" && answer.status < 500 && !isConflict(answer);
  if (isSettled) return failureOf(answer);
  return lookAgain(call, write, answer);
}

/** Somebody wrote in between, or nobody knows what became of the patch: the order itself tells. */
async function lookAgain(
  call: Call,
  write: Write,
  answer: HttpAnswer,
): Promise<SourceOutcome<{ readonly hasChanged: boolean }>> {
  if (answer.arrived === "yes" && isConflict(answer) && write.round < maxRounds)
    return writeBlock(call, { ...write, round: write.round + 1 });
  const found = await getOrder(call, write.bookingId);
  if (found.outcome !== "accepted") return { outcome: "uncertain", detail: said.uncertain };
  const isThere = withBlock(descriptionOf(found.value), write.block) === undefined;
  return isThere ? changed(true) : { outcome: "unreachable", detail: said.notTaken };
}

/** `replace` of a description that is null may be refused; `add` means the same there. */
async function patch(call: Call, id: string, description: string): Promise<HttpAnswer> {
  const send = (op: "replace" | "add"): Promise<HttpAnswer> =>
    call({
      method: "POST",
      path: `${pathOf(id)}/patch`,
      body: { patchDoc: { operations: [{ op, path: "/description", value: description }] } },
    });
  const answer = await send("replace");
  return answer.arrived === "yes" && answer.status === 400 ? send("add") : answer;
}

function pathOf(id: string): string {
  return `/cases/${encodeURIComponent(id)}`;
}

function changed(hasChanged: boolean): Outcome<{ readonly hasChanged: boolean }, never> {
  return { outcome: "accepted", value: { hasChanged } };
}

function descriptionOf(order: Order): string | undefined {
  const description = member(order, "Description");
  return typeof description === "string" ? description : undefined;
}

/** A page in the answer's place is no order. */
function orderIn(
  answer: HttpAnswer & { arrived: "yes" },
): (SourceOutcome<Order> & { outcome: "accepted" }) | undefined {
  if (answer.status < 200 || answer.status > 299) return undefined;
  const order = parseJson(answer.text);
  const isOrder = textOf(member(order, "Id")) !== undefined;
  return isOrder ? { outcome: "accepted", value: order as Order } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Arrived = HttpAnswer & { readonly arrived: "yes" };

function isConflict({ status }: Arrived): boolean {
  return status === 409 || status === 412;
}

/** What an answer that is no order means. The source documents none of its errors. */
function failureOf(answer: Arrived): Failure {
  switch (answer.status) {
    // A redirect leads to the sign-in page.
    case 302:
    case 401:
      return refused("sign-in", said.signIn);
    case 403:
      return refused("no-permission", said.noPermission);
    case 404:
    case 410:
      return refused("missing", said.missing);
    case 400:
    case 422:
      return refused("invalid", said.invalid);
    case 429:
      return {
        outcome: "unreachable",
        detail: said.busy,
        holds: "integration",
        ...retryAfter(answer),
      };
    default:
      return { outcome: "unreachable", detail: said.broken, ...retryAfter(answer) };
  }
}

function retryAfter({ headers }: Arrived): { readonly retryAfterMs?: number } {
  const seconds = numberOf(headers["retry-after"]);
  return seconds === undefined || seconds < 0 ? {} : { retryAfterMs: seconds * 1000 };
}

function refused(because: Refusal["because"], detail: Refusal["detail"]): Refusal {
  return { outcome: "refused", because, detail };
}
