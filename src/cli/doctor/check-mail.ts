import { makeMailer } from "#platform/mail/mailer.ts";
import type { Settings } from "../desk.ts";
import { bad, good, warning, type Finding } from "./finding.ts";

/** Connects and signs in at the mail server; sends nothing. */
export async function checkMail({ config, secrets }: Settings): Promise<readonly Finding[]> {
  const mailer = makeMailer({ url: secrets.smtpUrl, from: config.mailFrom, silenceMs: 5_000 });
  if (!mailer) return [noMail];
  const outcome = await mailer.verify();
  if (outcome.outcome === "accepted")
    return [good("Mail: the mail server lets us in.", "Почта: почтовый сервер нас принимает.")];
  return [bad(`Mail: ${outcome.detail.en}`, `Почта: ${outcome.detail.ru}`)];
}

const noMail = warning(
  "Mail: SMTP_URL is not set, so mails about trouble are kept and not sent. Set SMTP_URL=smtps://user:password@host and CONCIERGE_MAIL_FROM.",
  "Почта: SMTP_URL не задана, поэтому письма о сбоях не отправляются, а только хранятся. Задайте SMTP_URL=smtps://имя:пароль@сервер и CONCIERGE_MAIL_FROM.",
);
