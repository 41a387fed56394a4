import type { Queries } from "../db/database.ts";
import { FeedReader, type Following, type Listener } from "./feed-reader.ts";
import { feedEnd } from "./live.store.ts";

export interface LiveNeeds {
  readonly database: Queries;
  /** Subscribes to commits that may have added points; gives what ends that. */
  readonly onCommit?: ((listener: () => void) => () => void) | undefined;
  readonly onError: (error: unknown) => void;
  /** For tests: the net under commits that nobody told of; default 1 s. */
  readonly pollMs?: number;
}

/** The new points of each workspace, told to everybody who follows. One reader per workspace, whatever their number. */
export interface Live extends AsyncDisposable {
  /** To be called after a commit that added points. */
  hint(): void;
  /**
   * Tells `listener` of each point after the cursor, in order, none twice and none left out, until it is ended. Points
   * are told in batches. Never throws; while the database is away nothing is told.
   */
  follow(workspaceId: string, after: string, listener: Listener): Following;
  /** The cursor behind everything that is visible now. */
  end(): Promise<string>;
}

const pollEveryMs = 1_000;

export function makeLive(needs: LiveNeeds): Live {
  const { database, onError, pollMs = pollEveryMs } = needs;
  const readers = new Map<string, FeedReader>();
  const hint = (): void => {
    for (const reader of readers.values()) reader.look();
  };
  const endHints = needs.onCommit?.(hint);
  const readerOf = (workspaceId: string): FeedReader => {
    const known = readers.get(workspaceId);
    if (known) return known;
    const onIdle = () => void readers.delete(workspaceId);
    const made = new FeedReader({ database, workspaceId, onIdle, onError, pollMs });
    readers.set(workspaceId, made);
    return made;
  };
  return {
    hint,
    follow: (workspaceId, after, listener) => readerOf(workspaceId).add(after, listener),
    end: () => feedEnd(database),
    async [Symbol.asyncDispose]() {
      endHints?.();
      await Promise.all([...readers.values()].map((reader) => reader[Symbol.asyncDispose]()));
    },
  };
}
