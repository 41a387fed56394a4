import { openDatabase, type Database } from "#platform/db/database.ts";
import { openHttpServer } from "#platform/http/server.ts";
import { makeLog } from "#platform/log/log.ts";
import { makeId } from "#platform/uuid.ts";
import { serve } from "./serve.ts";

// What accepting is measured against: the same HTTP server and parser, storing nothing, or one request at a time.
const dataDir = process.env["CONCIERGE_DATA_DIR"] ?? "";
const log = makeLog({ level: "error" });
await using database = await openDatabase({ embedded: { dataDir } }, { log });
await database.query(
  "create table if not exists event (id uuid primary key, received_at bigint not null, body bytea not null)",
);
await database.query(
  `create table if not exists job (id bigint generated always as identity primary key, kind text not null,
    lane text not null, payload jsonb not null, run_at bigint not null)`,
);
await using web = await openHttpServer({
  host: "127.0.0.1",
  port: 0,
  bodyLimitBytes: 1_048_576,
  trustedProxies: [],
  log,
  routes: (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    app.route({
      method: "POST",
      url: "/nothing",
      handler: async (request) => answer(parse(request.body as Buffer).id),
    });
    app.route({
      method: "POST",
      url: "/one-by-one",
      handler: async (request) => {
        const body = request.body as Buffer;
        const { id, lane } = parse(body);
        await insert(database, { id, lane, body });
        return answer(id);
      },
    });
  },
});
await serve(() => ({ url: web.url, waiting: 0 }));

function parse(body: Buffer): { readonly id: string; readonly lane: string } {
  const event = JSON.parse(body.toString("utf8")) as { readonly CaseItem: { readonly Id: string } };
  return { id: makeId(), lane: event.CaseItem.Id };
}

function answer(id: string): object {
  return { Status: "Success", Message: "The event is accepted", EventId: id };
}

async function insert(
  on: Database,
  event: { readonly id: string; readonly lane: string; readonly body: Buffer },
): Promise<void> {
  await on.transact(async (tx) => {
    await tx.query({
      name: "event",
      text: "insert into event (id, received_at, body) values ($1, $2, $3)",
      values: [event.id, Date.now(), event.body],
    });
    await tx.query({
      name: "job",
      text: "insert into job (kind, lane, payload, run_at) values ('intake', $1, $2, $3)",
      values: [event.lane, JSON.stringify({ id: event.id }), Date.now()],
    });
  });
}
