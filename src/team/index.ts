export { allows, hashToken, isScope, makeToken, parseScopes } from "./token.ts";
export type { FoundToken, Token, Workspace } from "./team.store.ts";
