export * from "#channels/viber/index.ts";
export * from "#platform/ids.ts";
