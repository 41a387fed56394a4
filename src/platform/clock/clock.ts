/** What time it is. Parts that set timers by it also ask to be told when it is moved. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls the listener after the clock was moved by hand; gives what ends that. */
  onChange(listener: () => void): () => void;
}

/** A clock that a test or the demo moves. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  set(now: number): void;
}

export const systemClock: Clock = { now: () => Date.now(), onChange: () => () => undefined };

export function manualClock(start: number): ManualClock {
  const listeners = new Set<() => void>();
  let now = start;
  const set = (to: number): void => {
    now = to;
    for (const listener of listeners) listener();
  };
  return {
    now: () => now,
    set,
    advance: (ms) => set(now + ms),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
