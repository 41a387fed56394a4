export * from "#intake/inside.ts";
