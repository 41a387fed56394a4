/**
 * How fast each integration may be called. Kept in this process: with several nodes each keeps its own pace, so a
 * vendor may see the limit once per node; what it then answers (`Retry-After`) holds the integration on that node.
 */
export interface Pace {
  /**
   * The instant at which the next call may go out, in ms. Now or earlier: go, and its place is taken. Later: nothing is
   * taken, ask again then; those who wait are given instants one after another, so that they do not all come at once.
   * `callsPerSecond` is above 0 and may be a fraction.
   */
  take(key: string, callsPerSecond: number): number;
  /** No call before this instant, or for a day at most. An earlier, longer hold stands. */
  holdUntil(key: string, until: number): void;
}

interface Lane {
  /** When a steady caller would call next; a call may be ahead of it by the burst. */
  dueAt: number;
  /** The latest instant that was given to one who waits. */
  promisedAt: number;
  heldUntil: number;
}

/** Idle lanes are forgotten when more than this many have gathered. */
const sweepAt = 10_000;
/** A vendor that asks for more is asked again after so long. */
const longestHoldMs = 24 * 60 * 60_000;

/** `now` gives ms since 1970. */
export function makePace(now: () => number): Pace {
  const lanes = new Map<string, Lane>();
  let sweepNextAt = sweepAt;
  const laneOf = (key: string): Lane => {
    const lane = lanes.get(key) ?? { dueAt: 0, promisedAt: 0, heldUntil: 0 };
    lanes.set(key, lane);
    return lane;
  };
  const sweep = (): void => {
    if (lanes.size <= sweepNextAt) return;
    for (const [key, lane] of lanes) if (isIdle(lane, now())) lanes.delete(key);
    sweepNextAt = Math.max(sweepAt, lanes.size * 2);
  };
  return {
    take(key, callsPerSecond) {
      sweep();
      return takePlace(laneOf(key), callsPerSecond, now());
    },
    holdUntil(key, until) {
      const lane = laneOf(key);
      lane.heldUntil = Math.max(lane.heldUntil, Math.min(until, now() + longestHoldMs));
    },
  };
}

/** The generic cell rate algorithm. The burst is a tenth of a second's calls: vendors count in windows of a second. */
function takePlace(lane: Lane, callsPerSecond: number, now: number): number {
  const everyMs = 1_000 / callsPerSecond;
  const burst = Math.max(1, Math.floor(callsPerSecond / 10));
  // A clock that was set back must not stop calls until it has caught up.
  lane.dueAt = Math.min(lane.dueAt, now + burst * everyMs);
  const freeAt = Math.max(lane.dueAt - (burst - 1) * everyMs, lane.heldUntil);
  if (freeAt <= now) {
    lane.dueAt = Math.max(lane.dueAt, now) + everyMs;
    return now;
  }
  lane.promisedAt = Math.max(freeAt, lane.promisedAt + everyMs);
  return lane.promisedAt;
}

function isIdle({ dueAt, promisedAt, heldUntil }: Lane, now: number): boolean {
  return Math.max(dueAt, promisedAt, heldUntil) <= now;
}
