import { PassThrough } from "node:stream";
import { createTransport, type Transporter } from "nodemailer";
import type { Outcome } from "#domain/outcome.ts";
import { toFailure, type MailRefusal } from "./failure.ts";

export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Ours, the same on every attempt: makes the `Message-ID`, by which a reader's program shows a repeat once. */
  readonly id?: string;
}

export type MailOutcome = Outcome<undefined, MailRefusal>;

/** Never throws for what the mail server answers. Details hold no address and no word of the mail. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
  /** Connects and signs in, sends nothing. */
  verify(): Promise<MailOutcome>;
}

export interface MailerOptions {
  /** `smtp:` (with STARTTLS where the server offers it) or `smtps:`, with user and password. */
  readonly url?: string | undefined;
  readonly from?: string | undefined;
  /** How long the server may be silent; default 15 000. */
  readonly silenceMs?: number;
}

/** `undefined` where no mail server is set: then the caller keeps its mails. Connects at each `send`, no earlier. */
export function makeMailer({ url, from, silenceMs = 15_000 }: MailerOptions): Mailer | undefined {
  if (!url || !from) return undefined;
  const open = (): Transporter => createTransport(transportOf(url, silenceMs), { from });
  return { send: (mail) => send(open(), mail), verify: () => verify(open()) };
}

function transportOf(url: string, silenceMs: number) {
  return {
    url,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function send(transport: Transporter, mail: Mail): Promise<MailOutcome> {
  const handing = watchHandingOver(transport);
  try {
    await transport.sendMail(toMessage(mail));
    return { outcome: "accepted", value: undefined };
  } catch (error) {
    return toFailure(error, handing.isOver());
  } finally {
    transport.close();
  }
}

async function verify(transport: Transporter): Promise<MailOutcome> {
  try {
    await transport.verify();
    return { outcome: "accepted", value: undefined };
  } catch (error) {
    return toFailure(error, false);
  } finally {
    transport.close();
  }
}

function toMessage({ to, subject, text, html, id }: Mail) {
  return {
    // As an object: a text would be split at commas, and a stranger's address may hold one.
    to: { name: "", address: to },
    subject,
    text,
    html,
    ...(id !== undefined && { messageId: `<${id}@concierge>` }),
    // RFC 3834: keeps out-of-office notes from answering.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/**
 * A mail arrives with the dot that ends it. Its last byte is read right before the dot leaves, and the library's errors
 * don't tell a connection that broke earlier from one that broke later.
 */
function watchHandingOver(transport: Transporter): { readonly isOver: () => boolean } {
  let isOver = false;
  transport.use("stream", ({ message }, done) => {
    const read = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const watched = new PassThrough();
      watched.once("end", () => {
        isOver = true;
      });
      return read(options).pipe(watched);
    };
    done();
  });
  return { isOver: () => isOver };
}
