import { text as readAll } from "node:stream/consumers";
import type { Finding } from "#domain/parameter.ts";
import { listKinds } from "#hooks/hook-kind.ts";
import { readHook } from "#hooks/hook-reading.ts";
import { readQuery } from "#platform/http/query.ts";
import { CommandFailed, exitCodes, UsageError, type Command } from "./command.ts";
import { kinds, openDesk } from "./desk.ts";
import type { Mark } from "./terminal.ts";

export const hooksAdd: Command = {
  usage: "'<url>' (or - to read it from standard input)",
  about: {
    en: "Keeps the parameters of a hook's URL, whatever its host, encrypted; prints a short URL without secrets.",
    ru: "Сохраняет параметры вебхука с любого адреса в зашифрованном виде и печатает короткий адрес без секретов.",
  },
  words: 1,
  run: async (call) => {
    const [word = ""] = call.words;
    const { kind, query } = parseUrl(word === "-" ? (await readAll(process.stdin)).trim() : word);
    const reading = readHook(kinds, kind, query);
    if (!reading) throw unknownKind(kind);
    const { terminal } = call;
    for (const finding of reading.findings) terminal.note(markOf(finding), finding.text);
    if (reading.findings.some((finding) => finding.kind !== "warning")) throw unusable;
    await using desk = await openDesk(call);
    const id = await desk.book.keep({ workspaceId: desk.workspaceId, kind, query }, true);
    terminal.print(`${desk.baseUrl}/webhook/h/${id}`);
    if (desk.config.publicUrl === undefined) terminal.note("warning", noPublicUrl);
    return exitCodes.ok;
  },
};

export const markOf = ({ kind }: Finding): Mark => (kind === "warning" ? "warning" : "bad");

function parseUrl(text: string) {
  const path = URL.canParse(text) ? new URL(text).pathname : "";
  const kind = /\/webhook\/([^/]+)\/?$/.exec(path)?.[1];
  if (kind === undefined) throw noHook;
  return {
    kind,
    query: readQuery(text).filter(({ name }) => name !== "key" && name !== "lang"),
  };
}

const noHook = new UsageError({
  en: "This is no URL of a hook: its path must be /webhook/<kind>, as in https://example.com/webhook/ttlock?username=... Put it in single quotes.",
  ru: "Это не адрес вебхука: путь должен быть вида /webhook/<вид>, например https://example.com/webhook/ttlock?username=... Возьмите адрес в одинарные кавычки.",
});

function unknownKind(kind: string): CommandFailed {
  const known = listKinds(kinds).join(", ");
  return new CommandFailed({
    en: `There are no hooks of the kind "${kind}". Known kinds: ${known}.`,
    ru: `Вебхуков вида «${kind}» нет. Есть такие: ${known}.`,
  });
}

const unusable = new CommandFailed({
  en: "The hook was not kept: mend the parameters named above and add it again.",
  ru: "Вебхук не сохранён: исправьте названные выше параметры и добавьте снова.",
});

const noPublicUrl = {
  en: "CONCIERGE_PUBLIC_URL is not set: this address works on this machine only.",
  ru: "CONCIERGE_PUBLIC_URL не задана: этот адрес работает только на этой машине.",
};
