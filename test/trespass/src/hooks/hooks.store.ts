import { id } from "#platform/ids.ts";

export interface Row {
  id: number;
}
export const first: Row = { id };
