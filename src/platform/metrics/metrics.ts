import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Labels take few values each: never an id, a name or a URL. */
export interface Metrics {
  counter<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Counter<Label>;
  /** Observed in seconds. */
  timer<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Histogram<Label>;
  /** `read` is asked each time somebody looks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** What `/metrics` answers. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** From a commit to a slow vendor. */
const bucketsSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A registry of its own, so that two servers in one process don't count together. Names get the prefix `concierge_`. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    counter: (name, help, labels = []) =>
      new Counter({ name: prefix(name), help, labelNames: [...labels], registers }),
    timer: (name, help, labels = []) =>
      new Histogram({
        name: prefix(name),
        help,
        labelNames: [...labels],
        buckets: bucketsSeconds,
        registers,
      }),
    gauge: (name, help, read) =>
      void new Gauge({ name: prefix(name), help, registers, collect: gather(read) }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

const prefix = (name: string): string => `concierge_${name}`;

function gather(read: () => number | Promise<number>) {
  return async function (this: Gauge): Promise<void> {
    this.set(await read());
  };
}
