import type { LockManifest } from "../lock.ts";

const parameters = [
  {
    name: "house",
    kind: "text",
    default: "demo",
    meaning: { ru: "Дом с пробными дверями.", en: "The house with the trial doors." },
  },
] as const;

export const manifest = {
  id: "fake-lock",
  name: "Trial doors",
  icon: "door",
  api: { baseUrl: "http://127.0.0.1", environmentName: "FAKE_LOCK" },
  environment: [],
  settings: [{ name: "house", label: { ru: "Дом", en: "House" }, isSecret: false }],
  limits: { callsPerSecond: 1000 },
  hook: { kind: "fake-lock", parameters },
} as const satisfies LockManifest<typeof parameters>;
