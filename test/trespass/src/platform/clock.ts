export * from "#hooks/index.ts";
