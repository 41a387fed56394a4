import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:tls";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "#config/environment.ts";
import { untrusted } from "#platform/outbound/untrusted-certificate.ts";
import { checkDataDir } from "./check-data-dir.ts";
import { checkMail } from "./check-mail.ts";
import { checkPublicUrl } from "./check-public-url.ts";
import { checkVendors } from "./check-vendors.ts";

const sentences = (findings: readonly { mark: string; text: { en: string } }[]) =>
  findings.map(({ mark, text }) => `${mark}: ${text.en}`);

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Telegram's API is there with a clock so far off; no other vendor is. */
async function vendors(offsetMs: number, used: readonly string[] = []): Promise<readonly string[]> {
  const server = createServer((_request, answer) => {
    answer.setHeader("date", new Date(Date.now() + offsetMs).toUTCString());
    answer.writeHead(404).end();
  });
  const base = await listening(server);
  const names = ["TTLOCK", "WAPPI", "GREEN_API", "WAZZUP24", "TORROW"];
  const nowhere = names.map((name) => [`CONCIERGE_API_BASE_${name}`, "http://127.0.0.1:1"]);
  const { config } = readConfig({
    CONCIERGE_API_BASE_TELEGRAM: `http://${base}`,
    ...Object.fromEntries(nowhere),
  });
  return sentences(await checkVendors(config, used));
}

test("a vendor that answers anything is there; one that does not is a fault only when it is used", async () => {
  const said = await vendors(0, ["ttlock"]);
  expect(said).toContain("good: Telegram: answers.");
  expect(said).toContainEqual(expect.stringMatching(/^bad: TTLock: does not answer/));
  expect(said).toContainEqual(expect.stringMatching(/^warning: Wappi: does not answer/));
});

test.each([
  [5_000, "good: Clock: right."],
  [-60_000, expect.stringMatching(/^warning: Clock: \d\d s off/)],
  [400_000, expect.stringMatching(/^bad: Clock: (399|400|401) s off/)],
])("a clock that is %i ms off is judged by what it costs", async (offsetMs, verdict) => {
  expect((await vendors(offsetMs)).at(-1)).toEqual(verdict);
});

test("a public address is wanted, with https and a certificate that everybody trusts", async () => {
  expect(sentences(await checkPublicUrl(undefined))).toEqual([
    expect.stringMatching(/^warning: .*not set/),
  ]);
  expect(sentences(await checkPublicUrl("http://example.org"))).toEqual([
    expect.stringMatching(/^warning: .*readable/),
  ]);
  const server = createTlsServer(untrusted);
  const port = new URL(`https://${await listening(server)}`).port;
  expect(sentences(await checkPublicUrl(`https://localhost:${port}`))).toEqual([
    expect.stringMatching(/^bad: .*nobody trusts/),
    expect.stringMatching(/^warning: .*port/),
  ]);
  expect(sentences(await checkPublicUrl("https://127.0.0.1:1"))[0]).toMatch(
    /^bad: .*does not answer/,
  );
});

test("mail is kept without a mail server, and one that can't be reached is a fault", async () => {
  expect(sentences(await checkMail(readConfig({})))).toEqual([
    expect.stringMatching(/^warning: .*kept and not sent/),
  ]);
  const settings = readConfig({
    SMTP_URL: "smtp://127.0.0.1:1",
    CONCIERGE_MAIL_FROM: "a@example.org",
  });
  expect(sentences(await checkMail(settings))).toEqual([expect.stringMatching(/^bad: Mail: /)]);
});

test("a data directory or a key that others may get at is a fault", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "doctor-"));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const check = async () => sentences(await checkDataDir({ dataDir }))[0];
  expect(await check()).toMatch(/^good/);
  await writeFile(join(dataDir, "secret.key"), "", { mode: 0o644 });
  await chmod(join(dataDir, "secret.key"), 0o644);
  expect(await check()).toMatch(/^bad: .*chmod 600/);
  await chmod(dataDir, 0o777);
  expect(await check()).toMatch(/^bad: .*chmod go-w/);
});
