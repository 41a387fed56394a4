import {
  startSimulator,
  type SimulatedAnswer,
  type SimulatedCall,
  type Simulator,
} from "./simulator.ts";
import { makeControls, type Controls } from "./ttlock/controls.ts";
import { Refused, refusal } from "./ttlock/errors.ts";
import { readFields } from "./ttlock/fields.ts";
import { route } from "./ttlock/routes.ts";
import { makeWorld, type World } from "./ttlock/world.ts";

export type { Effect, LockRecord, Quirks } from "./ttlock/world.ts";
export type { CodeOnSimulatedLock, NewLock, SimulatedGateway } from "./ttlock/controls.ts";

/** The TTLock cloud with its gateways and locks. Failures come with HTTP 200 and an `errcode`, as from the vendor. */
export interface TtlockSimulator extends Simulator, Controls {}

export async function startTtlockSimulator(
  options: { readonly port?: number; readonly now?: () => number } = {},
): Promise<TtlockSimulator> {
  const world = makeWorld(options.now ?? Date.now);
  const spoiled: SpoiledAnswer[] = [];
  const simulator = await startSimulator(
    (call) => answer(world, spoiled, call),
    options.port === undefined ? {} : { port: options.port },
  );
  const controls = makeControls(world, simulator.faults);
  return {
    ...simulator,
    ...controls,
    failAfterApply: (path, errcode, times = 1) => void spoiled.push({ path, errcode, left: times }),
  };
}

interface SpoiledAnswer {
  readonly path: RegExp;
  readonly errcode: number;
  left: number;
}

async function answer(
  world: World,
  spoiled: readonly SpoiledAnswer[],
  call: SimulatedCall,
): Promise<SimulatedAnswer> {
  const body = await route(world, call.path, readFields(call)).catch((error: unknown) => {
    if (error instanceof Refused) return refusal(error.errcode);
    throw error;
  });
  const headers = { date: new Date(world.now()).toUTCString() };
  if (body === undefined) return { status: 404, headers, body: "<html><body>404</body></html>" };
  const fault = spoiled.find(({ path, left }) => left > 0 && path.test(call.path));
  if (fault) fault.left -= 1;
  const answered = fault ? refusal(fault.errcode) : body;
  return { status: 200, headers, body: world.quirks.numbersAsText ? asTexts(answered) : answered };
}

/** Every number as a text, as in some of the vendor's examples. */
function asTexts(body: object): object {
  return JSON.parse(
    JSON.stringify(body, (_, value: unknown) =>
      typeof value === "number" ? String(value) : value,
    ),
  ) as object;
}
