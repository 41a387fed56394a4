/** What this module throws by itself. `message` is one line for the server's operator and says what to do. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  /** Public and stable. */
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type DatabaseErrorCode =
  | "data_dir_in_use"
  | "data_dir_unusable"
  | "embedded_start_failed"
  | "embedded_missing"
  | "migration_invalid"
  | "migration_edited"
  | "migration_failed"
  | "database_newer"
  | "database_not_empty"
  | "number_too_big"
  | "backup_unreadable"
  | "backup_from_other_version";
