import { canonicalSettings, type TextRecord } from "#integrations/integration.ts";
import type { SealedPlace } from "#platform/secrets/reseal.ts";

const own = ["workspace_id", "id"];

/** Every place where something sealed is kept, with the context it is sealed for. */
export const sealedPlaces: readonly SealedPlace[] = [
  {
    table: "hook",
    key: own,
    values: [{ name: "parameters", context: "hook" }],
    fingerprint: {
      column: "fingerprint",
      reads: ["kind"],
      of: (row, opened) => `${String(row["kind"])}\n${opened["parameters"] ?? ""}`,
    },
  },
  { table: "hook_key", key: own, values: [{ name: "sealed", context: "hook-key" }] },
  {
    table: "integration",
    key: own,
    values: [
      { name: "secrets", context: "integration" },
      { name: "memory", context: "integration-memory" },
    ],
    fingerprint: {
      column: "fingerprint",
      reads: ["provider", "settings"],
      of: (row, opened) => {
        const secrets = JSON.parse(opened["secrets"] ?? "{}") as TextRecord;
        const settings = { ...(row["settings"] as TextRecord), ...secrets };
        return `${String(row["provider"])}\n${canonicalSettings(settings)}`;
      },
    },
  },
  { table: "delivery", key: own, values: [{ name: "payload", context: "delivery" }] },
  { table: "access_code", key: own, values: [{ name: "digits", context: "access-code" }] },
  {
    table: "access_code_lock",
    key: ["workspace_id", "access_code_id", "lock_id"],
    values: [
      { name: "offline_digits", context: "access-code" },
      {
        name: "pending",
        context: "access-code",
        inside: {
          read: "decode(pending->>'digits', 'base64')",
          write: `jsonb_set(pending, '{digits}', to_jsonb(translate(encode($, 'base64'), E'\\n', '')))`,
        },
      },
    ],
  },
];
