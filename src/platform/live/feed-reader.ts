import type { Queries } from "../db/database.ts";
import { isAfter } from "./cursor.ts";
import { readFeed, type FeedEntry } from "./live.store.ts";

/** A promise that it returns is waited for while it catches up, and must not reject. */
export type Listener = (entries: readonly FeedEntry[]) => void | Promise<void>;

export interface Following {
  end(): void;
}

interface ReaderNeeds {
  readonly database: Queries;
  readonly workspaceId: string;
  /** Nobody follows any more; the reader is of no use then. */
  readonly onIdle: () => void;
  readonly onError: (error: unknown) => void;
  readonly pollMs: number;
}

interface Follower {
  cursor: string;
  readonly listener: Listener;
}

/** Commits that come together are read together. */
const gatherMs = 10;
const page = 200;

/** Reads one workspace's feed once for all who follow it, from the first follower to the last. */
export class FeedReader implements AsyncDisposable {
  readonly #needs: ReaderNeeds;
  readonly #poll: NodeJS.Timeout;
  readonly #joined = new Set<Follower>();
  readonly #joining = new Set<Follower>();
  #gathering: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #cursor: string | undefined;
  #isWanted = false;

  constructor(needs: ReaderNeeds) {
    this.#needs = needs;
    this.#poll = setInterval(() => this.look(), needs.pollMs);
  }

  /** There may be new points. */
  look(): void {
    this.#isWanted = true;
    if (this.#reading || this.#joined.size === 0) return;
    this.#gathering ??= setTimeout(() => this.#start(), gatherMs);
  }

  add(after: string, listener: Listener): Following {
    const follower = { cursor: after, listener };
    this.#joining.add(follower);
    void this.#catchUp(follower);
    return { end: () => this.#leave(follower) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const follower of [...this.#joined, ...this.#joining]) this.#leave(follower);
    await this.#reading;
  }

  #start(): void {
    this.#gathering = undefined;
    // A reading that failed is repeated by the poll.
    this.#reading = this.#readOn()
      .catch(this.#needs.onError)
      .finally(() => {
        this.#reading = undefined;
        if (this.#isWanted) this.look();
      });
  }

  async #readOn(): Promise<void> {
    while (this.#isWanted && this.#cursor !== undefined && this.#joined.size > 0) {
      this.#isWanted = false;
      const entries = await this.#read(this.#cursor);
      this.#cursor = entries.at(-1)?.cursor ?? this.#cursor;
      for (const follower of this.#joined) tell(follower, entries);
      if (entries.length === page) this.#isWanted = true;
    }
  }

  /** Repeats a join that failed while the database was away. */
  async #catchUp(follower: Follower): Promise<void> {
    try {
      await this.#join(follower);
    } catch (error) {
      this.#needs.onError(error);
      if (this.#joining.has(follower))
        setTimeout(() => void this.#catchUp(follower), this.#needs.pollMs);
    }
  }

  /** Brings a newcomer up to where the reader stands; nothing comes between its last look and its joining. */
  async #join(follower: Follower): Promise<void> {
    for (let isThere = false; !isThere;) {
      const entries = await this.#read(follower.cursor);
      if (!this.#joining.has(follower)) return;
      follower.cursor = entries.at(-1)?.cursor ?? follower.cursor;
      if (entries.length > 0) await follower.listener(entries);
      const isBehind = this.#cursor !== undefined && isAfter(this.#cursor, follower.cursor);
      isThere = entries.length < page && !isBehind;
    }
    if (!this.#joining.delete(follower)) return;
    this.#cursor ??= follower.cursor;
    this.#joined.add(follower);
    this.look();
  }

  #leave(follower: Follower): void {
    const wasThere = this.#joined.delete(follower) || this.#joining.delete(follower);
    if (!wasThere || this.#joined.size + this.#joining.size > 0) return;
    clearInterval(this.#poll);
    clearTimeout(this.#gathering);
    this.#needs.onIdle();
  }

  #read(after: string): Promise<readonly FeedEntry[]> {
    const { database, workspaceId } = this.#needs;
    return readFeed(database, workspaceId, { cursor: after, most: page });
  }
}

function tell(follower: Follower, entries: readonly FeedEntry[]): void {
  const fresh = entries.filter((entry) => isAfter(entry.cursor, follower.cursor));
  const last = fresh.at(-1);
  if (!last) return;
  follower.cursor = last.cursor;
  void follower.listener(fresh);
}
