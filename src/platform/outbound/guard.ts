import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import type { Text } from "#domain/text.ts";
import { buildConnector } from "undici";
import { mayReach, type Reach } from "./addresses.ts";

/** All addresses of a name, as text. Rejects when the name is not found. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface OutboundPolicy {
  /** Opens private, loopback and carrier-grade-NAT addresses, and plain http. Link-local stays shut. */
  readonly allowPrivateNetwork: boolean;
  /** Bases that the server's operator set in the environment: their exact scheme, host and port are his own to reach. */
  readonly allowedOrigins: readonly string[];
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
}

/** Why no call goes to this URL, fit for a screen; nothing when it may be tried. */
export type UrlCheck = (url: string) => Text | undefined;

export interface Guard {
  /**
   * Without the network: a name passes here and is checked again, by its addresses, when a connection is made.
   * Plain http is refused outside own networks: keys and door codes would travel readable, and every vendor has https.
   * Any port may be named: within TLS nothing that a URL brings can speak another protocol.
   */
  readonly checkUrl: UrlCheck;
  /** Connects to the very address that was checked, so a name that changes its answer in between gains nothing. */
  readonly connect: buildConnector.connector;
}

/** The address is not one that a call may reach. Says no address, since the answer may be shown to a stranger. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  constructor() {
    super("The address is not a public one.");
  }
}

const connectTimeoutMs = 10_000;
/** Node's own 250 ms is shorter than a round trip to a far vendor. */
const nextAddressAfterMs = 1_000;

/** Keeps outbound calls away from the networks behind this server (RFC 9110 servers, cloud metadata, the database). */
export function makeGuard(policy: OutboundPolicy): Guard {
  const allowed = new Set(policy.allowedOrigins.map((base) => new URL(base).origin));
  return {
    checkUrl: (url) => checkUrl(url, { allowed, policy }),
    connect: makeConnect(allowed, policy),
  };
}

interface Rules {
  readonly allowed: ReadonlySet<string>;
  readonly policy: OutboundPolicy;
}

function checkUrl(text: string, { allowed, policy }: Rules): Text | undefined {
  const url = URL.parse(text);
  if (!url) return reasons.malformed;
  if (url.protocol !== "https:" && url.protocol !== "http:") return reasons.scheme;
  if (url.username !== "" || url.password !== "") return reasons.userInfo;
  if (allowed.has(url.origin)) return undefined;
  if (isShut(bare(url.hostname), reachOf(policy))) return reasons.address;
  return url.protocol === "https:" || policy.allowPrivateNetwork ? undefined : reasons.plainHttp;
}

/** RFC 6761: `localhost` and all below it is this machine, whatever a resolver says. */
function isShut(hostname: string, reach: Reach): boolean {
  if (isIP(hostname) !== 0) return !mayReach(hostname, reach);
  return reach === "public" && /(^|\.)localhost\.?$/.test(hostname);
}

function makeConnect(
  allowed: ReadonlySet<string>,
  policy: OutboundPolicy,
): buildConnector.connector {
  const resolve = policy.resolve ?? resolveBySystem;
  const reach = reachOf(policy);
  const free = buildConnector({ ...connectOptions, lookup: makeLookup(resolve) });
  const guarded = buildConnector({ ...connectOptions, lookup: makeLookup(resolve, reach) });
  return (target, done) => {
    const host = bare(target.hostname);
    const authority = target.host ?? target.hostname;
    const origin = URL.parse(`${target.protocol}//${authority}`)?.origin;
    if (origin !== undefined && allowed.has(origin)) return free(target, done);
    if (isShut(host, reach)) return done(new AddressRefused(), null);
    return guarded(target, done);
  };
}

const connectOptions = {
  timeout: connectTimeoutMs,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
  allowH2: false,
};

/** A lookup for `net.connect` that gives only addresses within reach; with none left the connection fails. */
export function makeLookup(resolve: Resolve, reach?: Reach): LookupFunction {
  return (hostname, options, done) => {
    const find = async () => {
      const found = await resolve(hostname);
      const open = found.filter((address) => !reach || mayReach(address, reach));
      if (open.length === 0) throw new AddressRefused();
      return open.map((address) => ({ address, family: isIP(address) }));
    };
    find().then(
      (open) => answerLookup(open, { isAll: options.all === true, done }),
      (error: unknown) => done(error as NodeJS.ErrnoException, "", 0),
    );
  };
}

interface LookupAnswer {
  readonly isAll: boolean;
  readonly done: Parameters<LookupFunction>[2];
}

function answerLookup(
  open: { address: string; family: number }[],
  { isAll, done }: LookupAnswer,
): void {
  const [first] = open;
  if (isAll || !first) done(null, open);
  else done(null, first.address, first.family);
}

async function resolveBySystem(hostname: string): Promise<readonly string[]> {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address }) => address);
}

function reachOf({ allowPrivateNetwork }: OutboundPolicy): Reach {
  return allowPrivateNetwork ? "public-and-private" : "public";
}

/** An IPv6 address without the brackets that a URL puts around it. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

const reasons = {
  malformed: {
    en: "This is not a web address. Give it in full, such as https://api.example.com.",
    ru: "Это не адрес сайта. Укажите его целиком, например https://api.example.com.",
  },
  scheme: {
    en: "Only addresses that begin with https:// can be called. Correct the address.",
    ru: "Вызвать можно только адрес, который начинается с https://. Исправьте адрес.",
  },
  userInfo: {
    en: "The address holds a name or a password before the @ sign. Remove that part.",
    ru: "В адресе есть имя или пароль перед знаком @. Уберите эту часть.",
  },
  address: {
    en: "The address leads into a private network, where calls are not let. Give a public address.",
    ru: "Адрес ведёт в частную сеть, туда обращаться нельзя. Укажите публичный адрес.",
  },
  plainHttp: {
    en: "The address begins with http://, so keys would travel readable. Give one that begins with https://.",
    ru: "Адрес начинается с http://, и ключи шли бы по сети открыто. Укажите адрес с https://.",
  },
} as const satisfies Record<string, Text>;
