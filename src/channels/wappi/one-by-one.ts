const last = new Map<string, Promise<unknown>>();

/**
 * Runs readings of one profile one after another: answers to two at the same time were seen mixed up. It holds within
 * this process; who reads also checks whose chat the answer is.
 */
export async function oneByOne<Read>(profile: string, read: () => Promise<Read>): Promise<Read> {
  const turn = (last.get(profile) ?? Promise.resolve()).then(read, read);
  last.set(profile, turn);
  try {
    return await turn;
  } finally {
    if (last.get(profile) === turn) last.delete(profile);
  }
}
