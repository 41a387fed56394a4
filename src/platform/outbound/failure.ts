/**
 * What went wrong with an exchange, in one plain sentence. It is made from the error's code alone: the messages of
 * Node and undici name addresses and ports that a stranger should not learn.
 */
export function describeFailure(error: unknown, wasSent: boolean): string {
  const code = codeOf(error);
  const known = sentences.find(({ codes }) => codes.test(code));
  if (known) return known.says;
  return wasSent
    ? "The connection broke before the answer was complete."
    : "No connection could be made.";
}

/** The first code found on the error itself, then on what it gathers (several addresses tried), then its name. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.name;
}

const sentences: readonly { readonly codes: RegExp; readonly says: string }[] = [
  { codes: /^AddressRefused$/, says: "The address is not one that calls are let to." },
  { codes: /^TimedOut$/, says: "No whole answer came in time." },
  { codes: /^(ENOTFOUND|EAI_\w+|ENODATA)$/, says: "The name of the server was not found." },
  { codes: /^ECONNREFUSED$/, says: "The server refused the connection." },
  { codes: /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/, says: "The server could not be reached." },
  {
    codes: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    says: "The server did not take the connection in time.",
  },
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT)/,
    says: "The server's certificate is not trusted.",
  },
  { codes: /^(ERR_SSL_|ERR_TLS_|EPROTO)/, says: "No secure connection could be made." },
  { codes: /^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, says: "The answer was larger than 1 MB." },
  { codes: /^(HPE_|UND_ERR_HEADERS_OVERFLOW)/, says: "The answer was not proper HTTP." },
  { codes: /^(UND_ERR_INVALID_ARG|ERR_INVALID_\w+)$/, says: "The request could not be written." },
  { codes: /^(UND_ERR_CLOSED|UND_ERR_DESTROYED)$/, says: "This server is stopping." },
];
