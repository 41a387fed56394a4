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
  /** The same with labels; what `read` does not name is not shown. */
  gauges<Label extends string>(gauges: {
    readonly name: string;
    readonly help: string;
    readonly labels: readonly Label[];
    readonly read: () => Promise<readonly Sample<Label>[]>;
  }): void;
  /** Like `timer`, for what takes no time but has a size of its own. */
  histogram<Label extends string = never>(histogram: {
    readonly name: string;
    readonly help: string;
    readonly buckets: readonly number[];
    readonly labels?: readonly Label[];
  }): Histogram<Label>;
  /** What `/metrics` answers. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface Sample<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
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
    gauges: ({ name, help, labels, read }) =>
      void new Gauge({
        name: prefix(name),
        help,
        labelNames: [...labels],
        registers,
        collect: gatherAll(read),
      }),
    histogram: ({ name, help, buckets, labels = [] }) =>
      new Histogram({
        name: prefix(name),
        help,
        labelNames: [...labels],
        buckets: [...buckets],
        registers,
      }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

const prefix = (name: string): string => `concierge_${name}`;

function gather(read: () => number | Promise<number>) {
  return async function (this: Gauge): Promise<void> {
    this.set(await read());
  };
}

function gatherAll<Label extends string>(read: () => Promise<readonly Sample<Label>[]>) {
  return async function (this: Gauge<Label>): Promise<void> {
    // While the database is away the counters are still worth reading; `/readyz` tells of it.
    const samples = await read().catch(() => []);
    this.reset();
    for (const { labels, value } of samples) this.set(labels, value);
  };
}
