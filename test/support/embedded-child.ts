import { openEmbedded, toUrl } from "#platform/db/embedded.ts";

/** A process for tests to kill: runs the server of the data directory it is given, and says how to reach it. */
const server = await openEmbedded({ dataDir: process.argv[2] ?? "" });
process.send?.({ url: toUrl(server.connection), postmasterPid: server.postmasterPid });
process.once("message", () => {
  void server[Symbol.asyncDispose]().then(() => process.disconnect());
});
