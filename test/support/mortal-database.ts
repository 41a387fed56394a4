import type { Database, Queries } from "#platform/db/database.ts";

/** A process's hold on its database, which can be made to end at any statement, as a killed process's does. */
export interface MortalDatabase extends Database {
  /** Lets this many statements and commits through; from then on everything fails for good. */
  dieAfter(statements: number): void;
  readonly isDead: boolean;
}

/** The database itself stays open for others: disposing this one only ends the hold. */
export function makeMortal(database: Database): MortalDatabase {
  let left = Number.POSITIVE_INFINITY;
  let isDead = false;
  const live = (): void => {
    isDead ||= left <= 0;
    left -= 1;
    if (isDead) throw new Error("Connection terminated: this process was killed.");
  };
  const guard = (on: Queries): Queries => ({
    query: async (statement, values) => {
      live();
      return await on.query(statement, values);
    },
    execute: async (statement, values) => {
      live();
      await on.execute(statement, values);
    },
  });
  return {
    ...guard(database),
    pool: database.pool,
    kysely: database.kysely,
    transact: async (work) => {
      live();
      const result = await database.transact((tx) => work(guard(tx)));
      // Killed between the commit and its answer: it has happened, and nobody was told.
      live();
      return result;
    },
    dieAfter: (statements) => void (left = statements),
    get isDead() {
      return isDead;
    },
    async [Symbol.asyncDispose]() {
      isDead = true;
      await Promise.resolve();
    },
  };
}
