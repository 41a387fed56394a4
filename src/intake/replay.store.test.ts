import { expect, test } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { makeIntake } from "./accept.ts";
import { findEvent, makeArrivalStore, storeVerdict } from "./intake.store.ts";
import { replayEvent } from "./replay.store.ts";

const workspaceId = "main";

async function keptEvent(database: TestDatabase) {
  const id = makeId();
  const body = Buffer.from("{}");
  const arrival = { id, workspaceId, source: "hook:telegram", receivedAt: 1, body, lane: "one" };
  await makeIntake(makeArrivalStore(database)).accept(arrival);
  return { id, workspaceId };
}

const works = (database: TestDatabase) =>
  database.query("select lane, payload, run_at from work order by id");

test("an event is worked on again in the lane it is given, as a replay", async () => {
  await using database = await testDatabase();
  const event = await keptEvent(database);
  await database.query("delete from work");
  const reason = { en: "no", ru: "нет" };
  await storeVerdict(database, event, { state: "quarantined", reason, at: 2 });
  expect(await replayEvent(database, event, { lane: "two", now: 3 })).toBe(true);
  expect(await works(database)).toEqual([
    { lane: "two", payload: { id: event.id, isReplay: true }, run_at: 3 },
  ]);
  expect(await findEvent(database, workspaceId, event.id)).toMatchObject({
    state: "received",
    reason: undefined,
  });
});

test("an event that waits for its work already is not planned twice", async () => {
  await using database = await testDatabase();
  const event = await keptEvent(database);
  expect(await replayEvent(database, event, { lane: "two", now: 3 })).toBe(false);
  expect(await works(database)).toHaveLength(1);
});
