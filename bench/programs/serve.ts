/** Tells the bench that this program is ready, answers its questions, and ends on SIGTERM or when the bench is gone. */
export async function serve(answer: (question: unknown) => unknown): Promise<void> {
  process.on("message", (question) => {
    void (async () => process.send?.((await answer(question)) ?? {}))();
  });
  process.send?.({});
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
    process.once("disconnect", resolve);
  });
  if (process.connected) process.disconnect();
}
