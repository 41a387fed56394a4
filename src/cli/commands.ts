import type { Command } from "./command.ts";

/** Every command by the words that call it, in the order of `--help`. Each is loaded when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.ts")).start,
  doctor: async () => (await import("./doctor.ts")).doctor,
  "hooks add": async () => (await import("./hooks-add.ts")).hooksAdd,
  "hooks list": async () => (await import("./hooks-list.ts")).hooksList,
  "hooks show": async () => (await import("./hooks-show.ts")).hooksShow,
  "hooks remove": async () => (await import("./hooks-remove.ts")).hooksRemove,
  "hooks key": async () => (await import("./hooks-key.ts")).hooksKey,
  "hooks try": async () => (await import("./hooks-try.ts")).hooksTry,
  "token create": async () => (await import("./token-create.ts")).tokenCreate,
  "token list": async () => (await import("./token-list.ts")).tokenList,
  "token remove": async () => (await import("./token-remove.ts")).tokenRemove,
  "intake list": async () => (await import("./intake-list.ts")).intakeList,
  "intake show": async () => (await import("./intake-show.ts")).intakeShow,
  "intake replay": async () => (await import("./intake-replay.ts")).intakeReplay,
  "secrets rotate": async () => (await import("./secrets-rotate.ts")).secretsRotate,
  backup: async () => (await import("./backup.ts")).backupCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
};
