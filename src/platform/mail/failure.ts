import type { NodemailerError } from "nodemailer";
import type { Outcome } from "#domain/outcome.ts";
import type { Text } from "#domain/text.ts";

export type MailRefusal =
  /** The mail server does not know our user or password. */
  | "sign-in"
  /** It sends nothing from our address. */
  | "sender"
  /** It takes nothing for this address. */
  | "recipient"
  /** It takes this address, and not this mail. */
  | "message";

type Failure = Exclude<Outcome<never, MailRefusal>, { readonly outcome: "accepted" }>;

/** What an error of the mail library means. `wasHandedOver`: the whole mail had left before it happened. */
export function toFailure(error: unknown, wasHandedOver: boolean): Failure {
  const found = error as Partial<NodemailerError>;
  if (found.responseCode !== undefined && found.responseCode >= 400) return toAnswer(found);
  if (wasHandedOver) return { outcome: "uncertain", detail: lost };
  const own = ownRefusals[found.code ?? ""];
  if (own) return { outcome: "refused", because: own, detail: refusals[own]("") };
  return { outcome: "unreachable", detail: toUnreachable(found) };
}

function toAnswer(error: Partial<NodemailerError>): Failure {
  const said = codesOf(error);
  if (!error.permanent) return { outcome: "unreachable", detail: later(said) };
  const because = toRefusal(error);
  return { outcome: "refused", because, detail: refusals[because](said) };
}

function toRefusal({ code, command = "" }: Partial<NodemailerError>): MailRefusal {
  if (code === "EAUTH") return "sign-in";
  if (command === "MAIL FROM") return "sender";
  return command === "RCPT TO" ? "recipient" : "message";
}

/** Refused by the library before anything left: credentials are missing, an address is none. */
const ownRefusals: Readonly<Record<string, MailRefusal>> = {
  EAUTH: "sign-in",
  ENOAUTH: "sign-in",
  EENVELOPE: "recipient",
  EMESSAGE: "message",
};

/** The numbers alone: the words beside them often repeat the address. */
function codesOf({ responseCode, response = "" }: Partial<NodemailerError>): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return enhanced ? ` (${responseCode} ${enhanced})` : ` (${responseCode})`;
}

const refusals: Readonly<Record<MailRefusal, (said: string) => Text>> = {
  "sign-in": (said) => ({
    en: `The mail server refused the sign-in${said}. Check the user and password in SMTP_URL.`,
    ru: `Почтовый сервер не принял вход${said}. Проверьте имя и пароль в SMTP_URL.`,
  }),
  sender: (said) => ({
    en: `The mail server does not send from this address${said}. Check CONCIERGE_MAIL_FROM.`,
    ru: `Почтовый сервер не отправляет письма с этого адреса${said}. Проверьте CONCIERGE_MAIL_FROM.`,
  }),
  recipient: (said) => ({
    en: `The mail server refused the recipient's address${said}. Check the address.`,
    ru: `Почтовый сервер отклонил адрес получателя${said}. Проверьте адрес.`,
  }),
  message: (said) => ({
    en: `The mail server refused the mail itself${said}. Its journal says why.`,
    ru: `Почтовый сервер отклонил само письмо${said}. Причина записана в его журнале.`,
  }),
};

const later = (said: string): Text => ({
  en: `The mail server can't take the mail now${said}.`,
  ru: `Почтовый сервер сейчас не принимает письмо${said}.`,
});

const lost: Text = {
  en: "The mail was handed over, and the mail server did not confirm it: it may have arrived.",
  ru: "Письмо передано, но почтовый сервер этого не подтвердил: возможно, оно дошло.",
};

function toUnreachable({ code, message = "" }: Partial<NodemailerError>): Text {
  if (code === "ETLS" || /certificate|self.signed|TLS|SSL/i.test(message)) return notPrivate;
  return code === "ETIMEDOUT" ? silent : away;
}

const notPrivate: Text = {
  en: "The connection to the mail server can't be secured: its certificate or its TLS is not right. Check the host and port in SMTP_URL.",
  ru: "Не удалось защитить соединение с почтовым сервером: сертификат или TLS не в порядке. Проверьте имя и порт в SMTP_URL.",
};

const silent: Text = {
  en: "The mail server did not answer in time. Check the host and port in SMTP_URL.",
  ru: "Почтовый сервер не ответил вовремя. Проверьте имя и порт в SMTP_URL.",
};

const away: Text = {
  en: "The mail server can't be reached. Check the host and port in SMTP_URL.",
  ru: "Не удалось соединиться с почтовым сервером. Проверьте имя и порт в SMTP_URL.",
};
