import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,simulators,test,web,widget,bench}/**/*.test.ts"],
    exclude: ["node_modules/**", "test/trespass/**"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
