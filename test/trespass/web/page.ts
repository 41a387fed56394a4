export * from "#domain/word.ts";
