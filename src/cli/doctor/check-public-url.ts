import { once } from "node:events";
import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { bad, good, warning, type Finding } from "./finding.ts";

/** The address that vendors are given: whether they can reach it, and trust what answers there. */
export async function checkPublicUrl(publicUrl: string | undefined): Promise<readonly Finding[]> {
  if (publicUrl === undefined) return [unset];
  const url = new URL(publicUrl);
  if (url.protocol !== "https:") return [unencrypted];
  const port = Number(url.port || httpsPort);
  const certificate = await checkCertificate(url.hostname.replace(/^\[|\]$/g, ""), port);
  return usualPorts.includes(port) ? [certificate] : [certificate, unusualPort(port)];
}

const httpsPort = 443;
/** Those that Telegram takes for a webhook; other vendors take at least 443. https://core.telegram.org/bots/api#setwebhook */
const usualPorts: readonly number[] = [httpsPort, 80, 88, 8443];
const patienceMs = 5_000;
const dayMs = 86_400_000;
/** Who renews by itself, does so 30 days ahead. https://letsencrypt.org/docs/integration-guide/ */
const soonDays = 14;

async function checkCertificate(host: string, port: number): Promise<Finding> {
  const socket = connect({
    host,
    port,
    timeout: patienceMs,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  socket.once("timeout", () => socket.destroy(new Error("timeout")));
  try {
    await once(socket, "secureConnect");
    return readExpiry(socket);
  } catch (error) {
    return unusable(host, port, error);
  } finally {
    socket.destroy();
  }
}

function readExpiry(socket: TLSSocket): Finding {
  const expiresAt = Date.parse(socket.getPeerCertificate().valid_to);
  const days = Math.floor((expiresAt - Date.now()) / dayMs);
  if (days < soonDays)
    return warning(
      `Public address: the certificate ends in ${days} days. Renew it.`,
      `Публичный адрес: сертификат действует ещё ${days} дн. Обновите его.`,
    );
  return good(
    `Public address: the certificate is trusted, ${days} days left.`,
    `Публичный адрес: сертификату доверяют, действует ещё ${days} дн.`,
  );
}

function unusable(host: string, port: number, error: unknown): Finding {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = certificateFaults[code];
  if (why) return bad(`Public address: ${why.en}`, `Публичный адрес: ${why.ru}`);
  return bad(
    `Public address: ${host}:${port} does not answer from here (${code || "timeout"}). Check the name, the port and the proxy before the server.`,
    `Публичный адрес: ${host}:${port} отсюда не отвечает (${code || "timeout"}). Проверьте имя, порт и прокси перед сервером.`,
  );
}

const selfMade = {
  en: "nobody trusts the certificate: it is signed by itself or by an unknown authority. Take one from a public authority, such as Let's Encrypt.",
  ru: "сертификату не доверяют: он самоподписанный или выдан неизвестным центром. Получите сертификат публичного центра, например Let's Encrypt.",
};

const incomplete = {
  en: "the certificate's chain is incomplete: serve the intermediate certificates too (fullchain.pem).",
  ru: "цепочка сертификата неполная: отдавайте и промежуточные сертификаты (fullchain.pem).",
};

const certificateFaults: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  CERT_HAS_EXPIRED: {
    en: "the certificate has ended. Renew it.",
    ru: "срок сертификата истёк. Обновите его.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    en: "the certificate is for another name. Take one for the name in CONCIERGE_PUBLIC_URL.",
    ru: "сертификат выдан на другое имя. Получите на имя из CONCIERGE_PUBLIC_URL.",
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: selfMade,
  SELF_SIGNED_CERT_IN_CHAIN: selfMade,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: selfMade,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: incomplete,
};

const unset = warning(
  "Public address: CONCIERGE_PUBLIC_URL is not set. Hooks are reached from this machine only, and vendors can't report on messages.",
  "Публичный адрес: CONCIERGE_PUBLIC_URL не задана. Вебхуки доступны только с этой машины, и мессенджеры не смогут сообщать о доставке.",
);

const unencrypted = warning(
  "Public address: it is http, so passwords in hooks' URLs and guests' data travel readable. Put a proxy with https before the server.",
  "Публичный адрес: это http, поэтому пароли из адресов вебхуков и данные гостей идут открыто. Поставьте перед сервером прокси с https.",
);

const unusualPort = (port: number): Finding =>
  warning(
    `Public address: some vendors send nothing to port ${port}. Use 443.`,
    `Публичный адрес: некоторые сервисы не обращаются к порту ${port}. Используйте 443.`,
  );
