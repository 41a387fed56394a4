import type { Finding } from "#domain/parameter.ts";
import type { Text } from "#domain/text.ts";
import { expect } from "vitest";
import type {
  Address,
  AnyChannelProvider,
  Channel,
  OutgoingMessage,
  Receipt,
  SendOutcome,
  SendRefusal,
  TextRecord,
} from "#channels/channel.ts";
import type { SimulatedAnswer, Simulator } from "../../simulators/simulator.ts";
import { makeTools } from "./tools.ts";

/** What a provider's test says of its vendor so that the shared suite can play it through. */
export interface ChannelContract<Vendor extends Simulator = Simulator> {
  readonly provider: AnyChannelProvider;
  /** Names the suite where a provider passes it more than once. */
  readonly variant?: string;
  /** Starts the vendor with one account in good order; every test gets a fresh one. */
  start(): Promise<ContractWorld<Vendor>>;
  /** Texts that must stand nowhere in what a person or a log sees: tokens of `hook` and of `wrongSignIn`. */
  readonly secrets: readonly string[];
  /** Whether a check of the account in good order still warns of something; default no. */
  readonly healthy?: "clean" | "warned";
  /** How a doubtful send is settled: by asking (default), or by a repeat that the vendor knows by its key. */
  readonly settlesBy?: "asking" | "repeating";
  /** Path of the one call that sends. */
  readonly sendPath: RegExp;
  /** What an answer of 502 with HTML to a send means: whether the vendor may have sent it. */
  readonly serverError: "unreachable" | "uncertain";
  readonly rateLimit: {
    readonly answer: SimulatedAnswer;
    readonly retryAfterMs?: number;
    readonly holds?: "call" | "integration";
  };
  readonly refusals: readonly RefusalCase<Vendor>[];
  /** Bodies of the vendor's status webhook, where it has one. */
  readonly receipts?: readonly {
    readonly name: string;
    readonly body: unknown;
    readonly gives: readonly Receipt[];
  }[];
}

export interface RefusalCase<Vendor extends Simulator = Simulator> {
  readonly name: string;
  /** Makes the vendor refuse: a state of its own account or guest, else a scripted answer. */
  arrange(world: ContractWorld<Vendor>): void;
  readonly because: SendRefusal;
}

export interface ContractWorld<Vendor extends Simulator = Simulator> {
  readonly simulator: Vendor;
  /** Parameters of a hook for the account in good order; they must read as one route. */
  readonly hook: Readonly<Record<string, string>>;
  /** The same with a credential that the vendor does not know. */
  readonly wrongSignIn: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Longest wait for an answer; the suite lowers it where the vendor stays silent. */
  readonly patienceMs?: number;
  readonly address: Address;
  /** Texts that the vendor has taken for the guest, oldest first: twice is seen as twice. */
  texts(): readonly string[];
}

/** Plenty for an answer on a crowded machine. */
const patienceMs = 5_000;

export const someText = "Вы записаны на 5 мая, 12:00";

interface Sending {
  readonly contract: ChannelContract;
  readonly world: ContractWorld;
  readonly text?: string;
  readonly hook?: TextRecord;
  readonly baseUrl?: string;
}

/** Sends one message and expects that a failure is told safely. */
export async function sendOne(sending: Sending) {
  const { contract, world, hook = world.hook, baseUrl = world.simulator.url } = sending;
  const { channel, target } = openChannel(contract, { world, hook, baseUrl });
  const message: OutgoingMessage<TextRecord> = {
    id: crypto.randomUUID(),
    to: world.address,
    target,
    text: sending.text ?? someText,
    triedAt: Date.now(),
  };
  const outcome: SendOutcome = await channel.send(message);
  if (outcome.outcome !== "accepted")
    expectSafe(contract, { world, texts: [outcome.detail], more: [message.text] });
  return { outcome, channel, message };
}

interface Opening {
  readonly world: ContractWorld;
  readonly hook: TextRecord;
  readonly baseUrl: string;
}

/** Opens the channel that a hook names. */
export function openChannel(
  { provider }: ChannelContract,
  { world, hook, baseUrl }: Opening,
): { channel: Channel<TextRecord>; target: TextRecord } {
  const reading = provider.readHook(hook);
  expect(reading.findings.filter(fails)).toEqual([]);
  expect(reading.routes).toHaveLength(1);
  const [route] = reading.routes;
  const environment = world.environment ?? {};
  const tools = makeTools(baseUrl, { environment, timeoutCapMs: world.patienceMs ?? patienceMs });
  return { channel: provider.connect(route!.settings, tools), target: route!.target };
}

export function fails({ kind }: Finding): boolean {
  return kind !== "warning";
}

interface Said {
  readonly world: ContractWorld;
  readonly texts: readonly Text[];
  readonly more?: readonly string[];
}

/** Both languages are written, and neither holds what must stay secret. */
export function expectSafe(contract: ChannelContract, { world, texts, more = [] }: Said): void {
  for (const { ru, en } of texts) {
    expect(ru).toMatch(/[а-яё].*\.$/i);
    expect(en).toMatch(/^[^а-яё]*\.$/i);
    expect(`${ru} ${en}`).not.toContain("!");
    expectNoSecrets(contract, { world, said: `${ru} ${en}`, more });
  }
}

export function expectNoSecrets(
  { secrets }: ChannelContract,
  { world, said, more = [] }: { world: ContractWorld; said: string; more?: readonly string[] },
): void {
  const { address } = world;
  const guest = address.kind === "phone" ? address.phone.slice(1) : address.id;
  for (const secret of [...secrets, guest, ...more]) expect(said).not.toContain(secret);
}
