export * from "#channels/telegram/index.ts";
export * from "../simulators/telegram.ts";

export async function open(): Promise<void> {
  await using parts = await import("./nowhere.ts");
}
