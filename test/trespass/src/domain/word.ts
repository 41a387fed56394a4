export * from "#platform/ids.ts";
