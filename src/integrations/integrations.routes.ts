import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Manifest, SettingsField } from "#domain/manifest.ts";
import type { Queries } from "#platform/db/database.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveRoute } from "#platform/http/api/serve.ts";
import type { Integration } from "./integration.ts";
import { integration, type IntegrationView } from "./integrations.schema.ts";
import { listIntegrations } from "./integrations.store.ts";

export interface IntegrationRouteNeeds {
  readonly database: Queries;
  /** Of every provider of this server. */
  readonly manifests: readonly Manifest[];
}

const listRoute = describeRoute({
  method: "GET",
  path: "/integrations",
  part: "Integrations",
  summary: "List connected accounts with their health",
  scope: "read",
  more: "Each set of credentials that a hook uses is one integration.",
  answer: {
    status: 200,
    meaning: "All of them, oldest first.",
    schema: z.object({ items: z.array(integration) }),
  },
});

/** `/integrations`. */
export function integrationRoutes(app: FastifyInstance, needs: IntegrationRouteNeeds): void {
  const manifests = new Map(needs.manifests.map((one) => [one.id, one]));
  serveRoute(app, listRoute, async ({ workspaceId }) => {
    const all = await listIntegrations(needs.database, workspaceId);
    return { items: all.map((one) => toView(one, manifests.get(one.provider))) };
  });
}

const MASKED = "•••••";

function toView(one: Integration, manifest: Manifest | undefined): IntegrationView {
  const valueOf = ({ name, isSecret }: SettingsField) =>
    isSecret ? MASKED : (one.settings[name] ?? null);
  return {
    id: one.id,
    provider: one.provider,
    name: manifest?.name ?? one.provider,
    icon: manifest?.icon ?? "plug",
    status: one.status,
    settings: (manifest?.settings ?? []).map((field) => ({ ...field, value: valueOf(field) })),
    lastOkAt: one.lastOkAt ?? null,
    lastErrorAt: one.lastErrorAt ?? null,
    lastError: one.lastError ?? null,
  };
}
