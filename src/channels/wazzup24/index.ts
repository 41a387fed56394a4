import type { ParameterValues } from "#domain/parameter.ts";
import type { Tools } from "#domain/tools.ts";
import { type Channel, defineChannel, type HookReading } from "../channel.ts";
import { type ChatType, chatTypes } from "./chat-types.ts";
import { check } from "./check.ts";
import { openApi } from "./client.ts";
import { receiveReceipts } from "./inbound.ts";
import { listen } from "./listen.ts";
import { manifest, type parameters } from "./manifest.ts";
import { send, settle, type Target } from "./send.ts";
import { checkTexts } from "./texts.ts";

type Settings = { readonly apiKey: string };

/** Wazzup24: the business's messengers behind one key, by the user API v3. */
export const wazzup24 = defineChannel({ manifest, readHook, connect, receiveReceipts });

function readHook(values: ParameterValues<typeof parameters>): HookReading<Settings, Target> {
  const chatType = values.chat_type;
  if (!isChatType(chatType))
    return {
      routes: [],
      findings: [{ kind: "wrong", parameter: "chat_type", text: checkTexts.notByPhone }],
    };
  const settings = { apiKey: values.key_api.trim() };
  const target = { channelId: values.channel_id.trim(), chatType };
  return { routes: [{ settings, target }], findings: [] };
}

function isChatType(word: string): word is ChatType {
  return Object.hasOwn(chatTypes, word);
}

function connect({ apiKey }: Settings, tools: Tools): Channel<Target> {
  const api = openApi(tools, apiKey);
  return {
    check: (targets) => check(api, targets),
    send: (message) => send(api, message),
    settle: (message) => settle({ api, tools }, message),
    listen: (url) => listen({ api, tools }, url),
  };
}
