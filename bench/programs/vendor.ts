import { z } from "zod";
import { startTelegramSimulator } from "../../simulators/telegram.ts";
import { serve } from "./serve.ts";

// The messenger: tells which chat was written to at what time, since it was asked last.
const question = z.object({ bots: z.array(z.string()).default([]) });
await using telegram = await startTelegramSimulator();
let told = 0;
await serve((asked) => {
  for (const token of question.parse(asked).bots) telegram.addBot(token);
  const sent = telegram.sent.slice(told).map(({ chatId, at }) => [chatId, at]);
  told = telegram.sent.length;
  return { url: telegram.url, sent };
});
