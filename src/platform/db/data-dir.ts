import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export interface DataDirQuestion {
  /** What `--data` or `CONCIERGE_DATA_DIR` says, if anything. */
  readonly wanted?: string | undefined;
  /** The folder of the checkout. */
  readonly checkout: string;
  readonly isRoot: boolean;
  readonly isReachable: (dataDir: string) => boolean | Promise<boolean>;
}

export const systemDataDir = "/var/lib/concierge";

/**
 * Where the data live: the wanted folder, or `data` in the checkout. Under root PostgreSQL runs as a user of its own
 * who must get there; where he can't, the default is `/var/lib/concierge`, and a wanted folder gets a neighbour of
 * that, one for each wanted path, so that two of them never meet.
 */
export async function chooseDataDir(question: DataDirQuestion): Promise<string> {
  const named = resolve(question.wanted ?? join(question.checkout, "data"));
  if (!question.isRoot || (await question.isReachable(named))) return named;
  if (question.wanted === undefined) return systemDataDir;
  return `${systemDataDir}-${createHash("sha256").update(named).digest("hex").slice(0, 8)}`;
}

/**
 * Whether a user without rights may pass through all folders above `dataDir`. The folder itself does not count: it is
 * ours, and is opened for passing through when the embedded PostgreSQL starts.
 */
export async function isReachable(dataDir: string): Promise<boolean> {
  const above = dirname(resolve(dataDir));
  const isOpen = await stat(above).then(
    (found) => (found.mode & 0o001) !== 0,
    () => true, // not there yet: it will be made
  );
  return isOpen && (above === dirname(above) || (await isReachable(above)));
}
