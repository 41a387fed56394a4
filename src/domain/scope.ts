/** What a caller of the API may do; `Scope` is a closed list. */
export const scopes = ["read", "write", "secrets:read", "metrics"] as const;

export type Scope = (typeof scopes)[number];
