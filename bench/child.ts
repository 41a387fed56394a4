import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { z } from "zod";

export const checkout = dirname(import.meta.dirname);

/** A program of the bench in a process of its own, which answers what it is asked. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** One question at a time. Rejects when the program ends instead of answering. */
  ask<Answer>(question: object, shape: z.ZodType<Answer>): Promise<Answer>;
}

export type ProgramName = "bare" | "hub" | "load" | "vendor";

const STOP_WITHIN_MS = 20_000;

/** Starts one file of `programs/` under the flags that the product runs with, and waits until it is ready. */
export async function startProgram(
  name: ProgramName,
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const more = process.env["BENCH_NODE_FLAGS"]?.split(" ") ?? [];
  const child = fork(join(import.meta.dirname, "programs", `${name}.ts`), {
    execArgv: [...productFlags(), ...(name === "hub" ? more : [])],
    env: { ...process.env, ...environment },
    // What the programs log stays out of the table.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  await answerOf(child);
  return {
    pid: child.pid ?? 0,
    ask: async (question, shape) => {
      child.send(question);
      return shape.parse(await answerOf(child));
    },
    [Symbol.asyncDispose]: () => stop(child),
  };
}

/** The server as its user starts it, up to the line that says that it is ready. */
export async function startProduct(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly pid: number; readonly readyAfterMs: number }> {
  const [file = "", ...args] = command;
  const from = performance.now();
  const child = spawn(file, args, {
    cwd: checkout,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let said = "";
  for await (const part of child.stdout) {
    said += String(part);
    if (/https?:\/\/\S+/.test(said)) break;
  }
  const readyAfterMs = performance.now() - from;
  if (child.exitCode !== null) throw new Error(`${command.join(" ")} ended at once: ${said}`);
  return { pid: child.pid ?? 0, readyAfterMs, [Symbol.asyncDispose]: () => stop(child, true) };
}

function productFlags(): readonly string[] {
  const script = readFileSync(join(checkout, "bin", "concierge"), "utf8");
  return /^node_flags="([^"]*)"/m.exec(script)?.[1]?.split(" ") ?? [];
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error("A program of the bench ended too early."));
    child.once("exit", fail);
    child.once("message", (message) => {
      child.off("exit", fail);
      resolve(message);
    });
  });
}

async function stop(child: ChildProcess, isGroup = false): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  const kill = (signal: NodeJS.Signals): unknown =>
    isGroup ? process.kill(-(child.pid ?? 0), signal) : child.kill(signal);
  const cut = setTimeout(() => kill("SIGKILL"), STOP_WITHIN_MS);
  kill("SIGTERM");
  await ended;
  clearTimeout(cut);
}
