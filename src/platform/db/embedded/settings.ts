/** How the server is reached: a socket in its own folder, or loopback with a password where sockets don't serve. */
export type Listening =
  | { readonly by: "socket" }
  | { readonly by: "loopback"; readonly port: number };

/**
 * A small server: 25 MB with 5 connections. `fsync` stays on: what was committed survives a power cut. Its log names
 * no failed statement and no value: these are guests' data.
 */
export function settingsOf(
  listening: Listening,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...small, ...quiet, ...addresses(listening), ...more };
}

const small = {
  shared_buffers: "32MB",
  max_connections: "30",
  io_method: "sync",
  max_wal_senders: "0",
  wal_level: "minimal",
  jit: "off",
  max_logical_replication_workers: "0",
};

const quiet = {
  log_checkpoints: "off",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_min_messages: "log",
  log_timezone: "UTC",
  timezone: "UTC",
};

function addresses(listening: Listening): Record<string, string> {
  return listening.by === "socket"
    ? { listen_addresses: "", unix_socket_directories: ".", unix_socket_permissions: "0700" }
    : { listen_addresses: "127.0.0.1", port: String(listening.port), unix_socket_directories: "" };
}
