/** Runs acts of the same key one after another, in the order they came; acts of other keys don't wait. */
export type Lanes = <Result>(key: string, act: () => Promise<Result>) => Promise<Result>;

export function makeLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, act) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(act, act);
    tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}
