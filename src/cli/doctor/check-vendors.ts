import type { Config } from "#config/config.ts";
import type { Manifest } from "#domain/manifest.ts";
import type { Http } from "#domain/tools.ts";
import { makeHttp } from "#platform/outbound/http.ts";
import { manifests } from "../unknown-names.ts";
import { bad, good, warning, type Finding } from "./finding.ts";

/** Whether each vendor answers at all, and by their clocks whether ours is right. Signs in nowhere. */
export async function checkVendors(
  config: Config,
  used: readonly string[],
): Promise<readonly Finding[]> {
  await using http = makeHttp({
    allowPrivateNetwork: config.isPrivateNetworkAllowed,
    allowedOrigins: Object.values(config.apiBases),
  });
  const answers = await Promise.all(
    manifests.map(async (manifest) => ({ manifest, answer: await ask(http, manifest, config) })),
  );
  const offsets = answers.flatMap(({ answer }) => answer.offsetMs ?? []);
  return [
    ...answers.map(({ manifest, answer }) => judge(manifest, answer, used)),
    checkClock(offsets),
  ];
}

interface Answer {
  readonly detail?: string;
  /** How far the vendor's clock is ahead of ours. */
  readonly offsetMs?: number;
}

const patienceMs = 5_000;

async function ask(http: Http, { api }: Manifest, config: Config): Promise<Answer> {
  const base = config.apiBases[api.environmentName] ?? api.baseUrl;
  const from = Date.now();
  const answer = await http({ method: "GET", url: `${base}/`, timeoutMs: patienceMs });
  if (answer.arrived !== "yes") return { detail: answer.detail };
  const told = Date.parse(answer.headers["date"] ?? "");
  return Number.isNaN(told) ? {} : { offsetMs: told - (from + Date.now()) / 2 };
}

function judge(manifest: Manifest, { detail }: Answer, used: readonly string[]): Finding {
  const { name } = manifest;
  if (detail === undefined) return good(`${name}: answers.`, `${name}: отвечает.`);
  if (used.includes(manifest.id))
    return bad(
      `${name}: does not answer (${detail}), and hooks here need it. Check the network, or set CONCIERGE_API_BASE_${manifest.api.environmentName}.`,
      `${name}: не отвечает (${detail}), а он нужен здешним вебхукам. Проверьте сеть или задайте CONCIERGE_API_BASE_${manifest.api.environmentName}.`,
    );
  return warning(
    `${name}: does not answer (${detail}); nothing here uses it so far.`,
    `${name}: не отвечает (${detail}); пока здесь он никому не нужен.`,
  );
}

/** TTLock refuses calls whose time is further off: https://euopen.ttlock.com/doc/api, parameter `date`. */
const mostMs = 300_000;
const muchMs = 30_000;

function checkClock(offsets: readonly number[]): Finding {
  const middle = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
  if (middle === undefined)
    return warning(
      "Clock: no vendor told the time, so it was not checked.",
      "Часы: время сверить не с кем, проверка не сделана.",
    );
  const seconds = Math.round(Math.abs(middle) / 1000);
  if (Math.abs(middle) > mostMs)
    return bad(
      `Clock: ${seconds} s off. Turn on time synchronisation: calls to locks are refused when it is more than 5 minutes off.`,
      `Часы: расхождение ${seconds} с. Включите синхронизацию времени: при расхождении больше 5 минут замки отвергают вызовы.`,
    );
  if (Math.abs(middle) > muchMs)
    return warning(
      `Clock: ${seconds} s off. Turn on time synchronisation.`,
      `Часы: расхождение ${seconds} с. Включите синхронизацию времени.`,
    );
  return good("Clock: right.", "Часы: верные.");
}
