import { createHash, randomBytes } from "node:crypto";
import { scopes, type Scope } from "#domain/scope.ts";

const randomLength = 32;
const shape = /^cg_[\w-]{43}$/;

/** A new token of the API: shown once, kept as its hash only. */
export function makeToken(): string {
  return `cg_${randomBytes(randomLength).toString("base64url")}`;
}

/** The token is long and random, so one round of SHA-256 keeps it. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The token of an `Authorization` header; nothing when it is none of ours by its look. */
export function tokenOf(authorization: string | undefined): string | undefined {
  const token = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  return token !== undefined && shape.test(token) ? token : undefined;
}

export type ReadScopes =
  | { readonly scopes: readonly Scope[] }
  | { readonly unknown: readonly string[] };

/** Scopes as a person writes them, separated by commas or blanks; each once, in our order. */
export function parseScopes(text: string): ReadScopes {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const unknown = words.filter((word) => !isScope(word));
  if (unknown.length > 0) return { unknown };
  return { scopes: scopes.filter((scope) => words.includes(scope)) };
}

export function isScope(word: string): word is Scope {
  return (scopes as readonly string[]).includes(word);
}

/** Whoever may change things or see secrets may see the rest too. */
const included: Readonly<Record<Scope, readonly Scope[]>> = {
  read: ["read"],
  write: ["write", "read"],
  "secrets:read": ["secrets:read", "read"],
  metrics: ["metrics"],
};

export function allows(given: readonly Scope[], wanted: Scope): boolean {
  return given.some((scope) => included[scope].includes(wanted));
}
