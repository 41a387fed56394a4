import { expect, test } from "vitest";
import { makeMetrics } from "./metrics.ts";

test("shows what was counted, timed and read, beside the process's own numbers", async () => {
  const metrics = makeMetrics();
  metrics.counter("events_total", "Events accepted.", ["hook"]).inc({ hook: "ttlock" }, 2);
  metrics.timer("send_seconds", "Time of one send.").observe(0.02);
  metrics.gauge("backlog", "Work that is due.", async () => 7);
  const { text, contentType } = await metrics.render();
  expect(contentType).toMatch(/^text\/plain/u);
  expect(text).toContain('concierge_events_total{hook="ttlock"} 2');
  expect(text).toContain('concierge_send_seconds_bucket{le="0.025"} 1');
  expect(text).toContain("concierge_backlog 7");
  expect(text).toContain("process_resident_memory_bytes");
});

test("two servers in one process count for themselves", async () => {
  const [one, other] = [makeMetrics(), makeMetrics()];
  one.counter("events_total", "Events accepted.").inc();
  other.counter("events_total", "Events accepted.");
  expect((await other.render()).text).toContain("concierge_events_total 0");
});
