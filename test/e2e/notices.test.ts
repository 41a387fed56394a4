import { SMTPServer } from "smtp-server";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { MINUTE, openStudio, OWNER } from "../support/studio.ts";

/** A mail server that takes as long over a mail as the test wants. */
async function openSlowMail() {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
  const texts: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        texts.push(Buffer.concat(chunks).toString());
        begin();
        void mayEnd.then(() => done());
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    texts,
    hasBegun,
    end,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test("trouble that comes while its mail is on its way is told by the next one", async () => {
  await using mail = await openSlowMail();
  await using server = await openStudio({ environment: { SMTP_URL: mail.url } });
  const url = server.hook("telegram", `telegramToken=x&errorEmail=${OWNER}`);
  const post = () => fetch(url, { method: "POST", body: "{}" });
  await post();
  await server.hub.idle();
  server.clock.advance(3_000);
  await mail.hasBegun;
  await post();
  await expect
    .poll(async () => await server.database.query("select count from notice"))
    .toEqual([{ count: 2 }]);

  mail.end();
  await server.idle();
  await server.advance(11 * MINUTE);

  expect(mail.texts).toHaveLength(2);
});
