import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { text as readAll } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { makeMailer, type Mail, type MailerOptions, type MailOutcome } from "./mailer.ts";

const mail: Mail = {
  to: "guest@example.com",
  subject: "Код не записан в замок",
  text: "Замок не на связи.",
  html: "<p>Замок не на связи.</p>",
  id: "018f",
};

let closing: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

test("hands over one mail with both forms, its subject, sender and id", async () => {
  const taken: string[] = [];
  const url = await smtp({
    onData: (stream, _session, done) =>
      void readAll(stream).then((whole) => {
        taken.push(whole);
        done();
      }),
  });
  expect(await send(url)).toEqual({ outcome: "accepted", value: undefined });
  expect(taken).toHaveLength(1);
  const read = await PostalMime.parse(taken[0]!);
  expect(read).toMatchObject({
    subject: mail.subject,
    from: { name: "Concierge", address: "desk@example.com" },
    to: [{ address: "guest@example.com" }],
    messageId: "<018f@concierge>",
    text: expect.stringContaining("Замок не на связи."),
    html: expect.stringContaining("<p>Замок не на связи.</p>"),
  });
  expect(read.headers).toContainEqual(
    expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
  );
});

test("one address stays one, whatever a stranger wrote into it", async () => {
  const recipients: string[] = [];
  const url = await smtp({
    onRcptTo: ({ address }, _session, done) => {
      recipients.push(address);
      done();
    },
  });
  await send(url, { ...mail, to: "a@example.com, b@example.com" });
  expect(recipients.length).toBeLessThanOrEqual(1);
});

const refusals: [string, SMTPServerOptions, string][] = [
  ["sign-in", { authOptional: false, onAuth: (_auth, _session, done) => done(saying(535)) }, "535"],
  ["sender", { onMailFrom: (_address, _session, done) => done(saying(553)) }, "553"],
  [
    "recipient",
    { onRcptTo: (_address, _session, done) => done(saying(550, "5.1.1 ")) },
    "550 5.1.1",
  ],
  [
    "message",
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(saying(552))) },
    "552",
  ],
];

test.each(refusals)(
  "5xx about the %s is a refusal that shows numbers only",
  async (because, server, numbers) => {
    const outcome = await send(await smtp(server));
    expect(outcome).toMatchObject({
      outcome: "refused",
      because,
      detail: { en: expect.stringContaining(`(${numbers})`) },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/guest@|canary/u);
  },
);

const delays: [string, SMTPServerOptions][] = [
  ["greeting", { onConnect: (_session, done) => done(saying(421)) }],
  ["sign-in", { authOptional: false, onAuth: (_auth, _session, done) => done(saying(454)) }],
  ["recipient", { onRcptTo: (_address, _session, done) => done(saying(450)) }],
  [
    "mail",
    { onData: (stream, _session, done) => stream.resume().on("end", () => done(saying(451))) },
  ],
];

test.each(delays)("4xx at the %s can be repeated", async (_at, server) => {
  expect(await send(await smtp(server))).toMatchObject({ outcome: "unreachable" });
});

test("a server that is not there can be tried again", async () => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, "close");
  expect(await send(`smtp://127.0.0.1:${port}`)).toMatchObject({
    outcome: "unreachable",
    detail: { en: expect.stringContaining("can't be reached") },
  });
});

test("a server that says nothing is left after the time given", async () => {
  const url = `smtp://127.0.0.1:${await tcp(() => undefined)}`;
  const outcome = await send(url, mail, { silenceMs: 100 });
  expect(outcome).toMatchObject({
    outcome: "unreachable",
    detail: { en: expect.stringContaining("in time") },
  });
});

test("a certificate that nobody vouches for is not accepted", async () => {
  const url = await smtp({ secure: true });
  const outcome = await send(url.replace("smtp:", "smtps:"));
  expect(outcome).toMatchObject({
    outcome: "unreachable",
    detail: { en: expect.stringContaining("certificate") },
  });
});

test("silence after the whole mail was handed over is uncertain", async () => {
  const url = await smtp({ onData: (stream) => void stream.resume() });
  expect(await send(url, mail, { silenceMs: 200 })).toMatchObject({ outcome: "uncertain" });
});

test("a connection that breaks after the whole mail was handed over is uncertain", async () => {
  const url = `smtp://127.0.0.1:${await tcp(talk("\r\n.\r\n"))}`;
  expect(await send(url)).toMatchObject({ outcome: "uncertain" });
});

test("a connection that breaks when the mail was about to be handed over can be repeated", async () => {
  const url = `smtp://127.0.0.1:${await tcp(talk("DATA"))}`;
  expect(await send(url)).toMatchObject({ outcome: "unreachable" });
});

test("verifying signs in and sends nothing", async () => {
  const asked: string[] = [];
  const url = await smtp({
    authOptional: false,
    onAuth: ({ username = "", password }, _session, done) => {
      asked.push(username);
      return password === "pass" ? done(null, { user: username }) : done(saying(535));
    },
    onMailFrom: (_address, _session, done) => {
      asked.push("mail");
      done();
    },
  });
  expect(await mailer(url).verify()).toEqual({ outcome: "accepted", value: undefined });
  expect(asked).toEqual(["me"]);
  expect(await mailer(url.replace(":pass@", ":wrong@")).verify()).toMatchObject({
    because: "sign-in",
  });
});

test("without a mail server there is no mailer", () => {
  expect(makeMailer({ from: "desk@example.com" })).toBeUndefined();
});

function send(url: string, sent = mail, more: MailerOptions = {}): Promise<MailOutcome> {
  return mailer(url, more).send(sent);
}

function mailer(url: string, more: MailerOptions = {}) {
  return makeMailer({ url, from: "Concierge <desk@example.com>", ...more })!;
}

const saying = (responseCode: number, enhanced = ""): Error =>
  Object.assign(new Error(`${enhanced}<guest@example.com> canary`), { responseCode });

/** A mail server without TLS unless asked, that takes any user. */
async function smtp(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(null, { user: "me" }),
    onData: (stream, _session, done) => void stream.resume().on("end", () => done()),
    closeTimeout: 1,
    ...options,
  });
  server.on("error", () => undefined);
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return `smtp://me:pass@127.0.0.1:${await listening(server.listen(0, "127.0.0.1"), true)}`;
}

/** A server on bare TCP, that ends when the test does. */
async function tcp(serve: (socket: Socket) => unknown): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    serve(socket);
  });
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return await listening(server);
}

async function listening(server: Server, isAsked = false): Promise<number> {
  if (!isAsked) server.listen(0, "127.0.0.1");
  if (!server.listening) await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Agrees to everything, and breaks the connection as soon as it has heard this. */
function talk(end: string): (socket: Socket) => void {
  return (socket) => {
    let heard = "";
    socket.write("220 hello\r\n");
    socket.on("data", (part) => {
      heard += part.toString();
      if (heard.includes(end)) socket.destroy();
      else if (part.toString() === "DATA\r\n") socket.write("354 go on\r\n");
      else if (!heard.includes("DATA")) socket.write("250 fine\r\n");
    });
  };
}
