export type { Connection, Connections } from "./connections.ts";
export type { Integration, IntegrationStatus } from "./integration.ts";
