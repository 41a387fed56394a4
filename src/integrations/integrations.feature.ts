import type { Database } from "#platform/db/database.ts";
import { makeConnections, type ConnectionNeeds, type Connections } from "./connections.ts";
import {
  findIntegration,
  keepIntegration,
  readMemory,
  storeHealth,
  writeMemory,
  type Health,
} from "./integrations.store.ts";

export interface Integrations {
  readonly connections: Connections;
  readonly health: {
    read(
      integration: Named,
    ): Promise<{ readonly breaker: unknown; readonly status: Health["status"] } | undefined>;
    write(integration: Named, health: Health): Promise<void>;
  };
}

interface Named {
  readonly workspaceId: string;
  readonly id: string;
}

/** The registry's table behind the accounts that hooks name. */
export function makeIntegrations(
  needs: Omit<ConnectionNeeds, "store"> & { readonly database: Database },
): Integrations {
  const { database } = needs;
  return {
    connections: makeConnections({
      ...needs,
      store: {
        keep: (integration) => keepIntegration(database, { ...integration, now: needs.now() }),
        find: (workspaceId, id) => findIntegration(database, workspaceId, id),
        readMemory: (workspaceId, id) => readMemory(database, workspaceId, id),
        writeMemory: (workspaceId, id, memory) =>
          writeMemory(database, { workspaceId, id, memory }),
      },
    }),
    health: {
      read: (integration) => findIntegration(database, integration.workspaceId, integration.id),
      write: (integration, health) => storeHealth(database, integration, health),
    },
  };
}
