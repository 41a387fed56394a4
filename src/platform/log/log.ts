import { pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level: LogLevel;
  /** Default: standard output. */
  readonly to?: DestinationStream;
}

/** JSON, one line each. An error is logged as `{ err }`. */
export function makeLog({ level, to }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: toPlainError },
    redact: { paths: netted, censor: "***" },
  };
  return to ? pino(options, to) : pino(options);
}

/** A net, not the rule: who logs gives no secrets. It catches whole objects handed over by mistake. */
const netted = ["password", "token", "authorization", "cookie", "phone", "body"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** How deep a chain of causes is followed. */
const deepest = 5;

interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: PlainError;
}

/** Only what is known to be free of guests' data: a database error, for one, carries the values of the row. */
function toPlainError(error: unknown, depth = 1): PlainError {
  if (!(error instanceof Error)) return { name: "NotAnError", message: typeof error };
  const { code } = error as { readonly code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === "string" && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined &&
      depth < deepest && { cause: toPlainError(error.cause, depth + 1) }),
  };
}
