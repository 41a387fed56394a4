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

test("shows gauges with labels as they are now, and what else there is when they cannot be read", async () => {
  const metrics = makeMetrics();
  let kinds = ["a", "b"];
  metrics.gauges({
    name: "waiting",
    help: "Waiting.",
    labels: ["kind"],
    read: async () => {
      if (kinds.length === 0) throw new Error("away");
      return kinds.map((kind) => ({ labels: { kind }, value: 1 }));
    },
  });
  const shown = async () =>
    [...(await metrics.render()).text.matchAll(/^concierge_waiting\{kind="(.)"\} 1$/gm)].map(
      ([, kind]) => kind,
    );
  expect(await shown()).toEqual(["a", "b"]);
  kinds = ["b"];
  expect(await shown()).toEqual(["b"]);
  kinds = [];
  expect(await shown()).toEqual([]);
});
