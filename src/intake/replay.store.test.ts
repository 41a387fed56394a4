import { expect, test } from "vitest";
import { bookingSources } from "#booking-sources/registry.ts";
import { acceptEvent, laneOfKept } from "#hooks/event-intake.ts";
import { makeId } from "#platform/uuid.ts";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { makeIntake } from "./accept.ts";
import { findEvent, makeArrivalStore, storeVerdict } from "./intake.store.ts";
import { replayEvent } from "./replay.store.ts";

const source = bookingSources.torrow;
const workspaceId = "main";

async function keptEvent(database: TestDatabase) {
  const intake = makeIntake(makeArrivalStore(database));
  const needs = { intake, source, now: () => 1, makeId };
  const body = Buffer.from(JSON.stringify(source.sampleEvent({ now: 1, orderId: "5a" })));
  const accepted = await acceptEvent(needs, {
    workspaceId,
    hookId: "h",
    kind: "telegram",
    contentType: undefined,
    body,
  });
  return (await findEvent(database, workspaceId, "id" in accepted ? accepted.id : ""))!;
}

const works = (database: TestDatabase) =>
  database.query<{ lane: string }>("select lane, payload, run_at from work order by id");

test("an event is worked on again in the lane that it came in by, as a replay", async () => {
  await using database = await testDatabase();
  const event = await keptEvent(database);
  const [first] = await works(database);
  await database.query("delete from work");
  await storeVerdict(database, event, {
    state: "quarantined",
    reason: { en: "no", ru: "нет" },
    at: 2,
  });
  expect(await replayEvent(database, event, { lane: laneOfKept(source, event), now: 3 })).toBe(
    true,
  );
  expect(await works(database)).toEqual([
    { lane: first!.lane, payload: { id: event.id, isReplay: true }, run_at: 3 },
  ]);
  expect(await findEvent(database, workspaceId, event.id)).toMatchObject({
    state: "received",
    reason: undefined,
  });
});

test("an event that waits for its work already is not planned twice", async () => {
  await using database = await testDatabase();
  const event = await keptEvent(database);
  expect(await replayEvent(database, event, { lane: "any", now: 3 })).toBe(false);
  expect(await works(database)).toHaveLength(1);
});

test("what came by no hook waits in the lane of its source", () => {
  const event = {
    id: "1",
    workspaceId,
    source: "receipt:7",
    hookId: undefined,
    receivedAt: 1,
    state: "done",
    reason: undefined,
    bookingId: undefined,
    body: Buffer.from("x"),
  } as const;
  expect(laneOfKept(source, event)).toBe("receipt:7");
});
