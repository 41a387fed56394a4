import { expect, test } from "vitest";
import { bookingSources } from "#booking-sources/registry.ts";
import { acceptEvent, laneOfKept } from "./event-intake.ts";

const source = bookingSources.torrow;

test("a kept event has the lane that it came in by: that of its booking, else of its hook or its source", async () => {
  const lanes: string[] = [];
  const intake = {
    accept: async ({ lane }: { lane: string }) => void lanes.push(lane),
  };
  const came = { workspaceId: "main", hookId: "h", kind: "telegram", contentType: undefined };
  const kept = {
    id: "1",
    workspaceId: "main",
    source: "hook:telegram",
    receivedAt: 1,
    state: "done",
    reason: undefined,
    bookingId: undefined,
  } as const;
  const sample = source.sampleEvent({ now: 1, orderId: "5a" });
  for (const shape of [sample, { of: "no known shape" }]) {
    const body = Buffer.from(JSON.stringify(shape));
    await acceptEvent({ intake, source, now: () => 1, makeId: () => "1" }, { ...came, body });
    expect(laneOfKept(source, { ...kept, hookId: "h", body })).toBe(lanes.at(-1));
  }
  expect(lanes).toEqual(["booking:main:torrow:5a", "hook:h"]);
  const receipt = { ...kept, source: "receipt:7", hookId: undefined, body: Buffer.from("x") };
  expect(laneOfKept(source, receipt)).toBe("receipt:7");
});
