import { id } from "#platform/ids.ts";
import { inside } from "#intake/inside.ts";
import type { Row } from "./hooks.store.ts";

export const row: Row = { id: id + inside };
