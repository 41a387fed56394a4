/** The part of a logger that the database needs; pino's fits. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}
