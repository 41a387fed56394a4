import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { openApiWorld, type ApiWorld } from "../../../test/support/api-world.ts";
import { note, readFeed } from "./live.store.ts";

let api: ApiWorld;
const open = new Set<AbortController>();

beforeEach(async () => {
  api = await openApiWorld({ heartbeatMs: 50 });
});
afterEach(async () => {
  for (const one of open) one.abort();
  await api[Symbol.asyncDispose]();
});

/** Points wait for older transactions of the whole server, those of other test files too. */
const patience = { timeout: 15_000, interval: 5 };

interface Reader {
  readonly said: () => string;
  readonly texts: () => readonly string[];
  readonly lastId: () => string;
  readonly isOver: () => boolean;
  readonly stop: () => void;
}

/** Follows the feed as a page does; resolves once the stream has begun. */
async function follow(path = "/feed", headers: Record<string, string> = {}): Promise<Reader> {
  const control = new AbortController();
  open.add(control);
  const answer = await fetch(`${api.server.url}/api/v1/main${path}`, {
    headers: { authorization: `Bearer ${api.tokens.read}`, ...headers },
    signal: control.signal,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(answer.headers.get("x-request-id")).toMatch(/^[\w-]{12}$/);
  let said = "";
  let isOver = false;
  void (async () => {
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) said += part;
  })()
    .catch(() => undefined)
    .finally(() => (isOver = true));
  const reader = {
    said: () => said,
    texts: () => [...said.matchAll(/^data: (.*)$/gm)].map(([, data]) => textOf(data!)),
    lastId: () => [...said.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
    isOver: () => isOver,
    stop: () => control.abort(),
  };
  await expect.poll(reader.lastId, patience).not.toBe("");
  return reader;
}

const textOf = (data: string) => (JSON.parse(data) as { text: { en: string } }).text.en;

async function say(text: string, workspaceId = "main"): Promise<void> {
  await note(api.database, [
    { workspaceId, at: 1, mark: "fact", text: { en: text, ru: text }, bookingId: makeId() },
  ]);
  api.live.hint();
}

describe("the feed", () => {
  it("starts now, and tells each point of its workspace once, with its cursor", async () => {
    await say("before");
    await expect
      .poll(() => readFeed(api.database, "main", { cursor: "0-0", most: 1 }), patience)
      .toHaveLength(1);
    const reader = await follow();
    await say("elsewhere", "other");
    await say("one");
    await say("two");
    await expect.poll(reader.texts, patience).toEqual(["one", "two"]);
    expect(reader.said()).toMatch(/^retry: 2000\nid: \d+-\d+\n\n/);
    expect(reader.said()).toMatch(/id: (\d+-\d+)\ndata: \{[^\n]*"cursor":"\1"[^\n]*\}\n\n/);
  });

  it("is resumed by the last id, and by ?after=, the header winning", async () => {
    const first = await follow();
    await say("one");
    await expect.poll(first.texts, patience).toEqual(["one"]);
    const cursor = first.lastId();
    first.stop();
    await say("two");
    await say("three");
    const second = await follow(`/feed?after=0-0`, { "last-event-id": cursor });
    const third = await follow(`/feed?after=${cursor}`);
    for (const reader of [second, third])
      await expect.poll(reader.texts, patience).toEqual(["two", "three"]);
  });

  it("leaves nothing out for those who join while it runs", async () => {
    const readers = await Promise.all([follow("/feed?after=0-0"), follow("/feed?after=0-0")]);
    const wanted = Array.from({ length: 450 }, (_, n) => `n${n}`);
    for (const [n, text] of wanted.entries()) {
      await say(text);
      if (n % 150 === 75) readers.push(await follow("/feed?after=0-0"));
    }
    for (const reader of readers) await expect.poll(reader.texts, patience).toEqual(wanted);
  });

  it("holds a point back until those of older transactions are in", async () => {
    const reader = await follow();
    await api.database.transact(async (tx) => {
      await tx.query("select pg_current_xact_id()");
      await say("younger");
      expect(await readFeed(api.database, "main", { cursor: "0-0", most: 10 })).toEqual([]);
      const text = { en: "older", ru: "older" };
      await note(tx, [{ workspaceId: "main", at: 1, mark: "fact", text }]);
    });
    api.live.hint();
    await expect.poll(reader.texts, patience).toEqual(["older", "younger"]);
  });

  it("finds by itself what nobody hinted at", async () => {
    const reader = await follow();
    await note(api.database, [
      { workspaceId: "main", at: 1, mark: "fact", text: { en: "quiet", ru: "quiet" } },
    ]);
    await expect.poll(reader.texts, patience).toEqual(["quiet"]);
  });

  it("says from time to time that it is still there", async () => {
    const reader = await follow();
    await expect.poll(reader.said, patience).toContain("\n: here\n\n");
  });

  it("starts now for a cursor of another life of the database", async () => {
    const reader = await follow("/feed?after=9000000000-1");
    await say("one");
    await expect.poll(reader.texts, patience).toEqual(["one"]);
  });

  it("refuses what is no cursor", async () => {
    const { status, json } = await api.get("/feed?after=yesterday");
    expect(status).toBe(400);
    expect(json()).toMatchObject({ code: "cursor_invalid" });
  });

  it("ends when the server closes, so that it need not wait", async () => {
    const reader = await follow();
    // Longer than a test may take: nothing but the stream's own end lets it close.
    await api.server.close(60_000);
    await expect.poll(reader.isOver, patience).toBe(true);
  });
});
