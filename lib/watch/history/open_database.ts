/**
 * Opens the file of a history, for writing or for reading.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  describeFault,
  isCannotOpen,
  isReadOnly,
  requireIntact,
  requireIntactUnlessLarge,
} from "./damage.ts";
import { isForbidden, refuseOtherKinds, sizeOf } from "./file_kind.ts";
import { HistoryError } from "./history_error.ts";
import { presentOldSchema } from "./old_schema.ts";
import { laterVersion, migrate, SCHEMA_VERSION, TABLES } from "./schema.ts";
import { prepareToShrink } from "./shrink.ts";

/** Milliseconds that a write waits for another process at most. */
const BUSY_TIMEOUT = 5000;

/** Bytes of the write-ahead log that stay on the disk after it was copied into the file. */
const LOG_SIZE = 4 * 2 ** 20;

/**
 * Opens a history for writing, and creates the file if there is none.
 *
 * @param path Path of a file, or `:memory:`
 * @param options `create: false` refuses a path without a file
 * @throws {HistoryError} If the file cannot be opened, is damaged, or this version does not know its format; it then stays
 * unchanged
 */
export function openForWriting(path: string, { create = true } = {}): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    refuseOtherKinds(path);
    const size = sizeOf(path);
    if (size === undefined && !create) throw new TypeError("there is no such file");
    database = new DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    const version = readVersion(database);
    if (version > 0 || hasTables(database)) {
      requireHistory(database);
      if (version > SCHEMA_VERSION) throw laterVersion(version);
      requireIntactUnlessLarge(database, size ?? 0);
    }
    prepareToShrink(database);
    // With a write-ahead log, a killed process leaves only whole transactions, and readers never wait.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
    database.exec(`PRAGMA journal_size_limit = ${LOG_SIZE}`);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    const cause = isCannotOpen(error)
      ? "its folder is missing or cannot be written, or it may not be read"
      : describeFault(error);
    throw new HistoryError(`Cannot open the history ${path}: ${cause}`, { cause: error });
  }
}

/**
 * Opens a history for reading; a watch may go on writing meanwhile. A file of an older version stays as it is.
 *
 * @throws {HistoryError} If the file cannot be opened, is damaged, or was written by a later version
 */
export function openForReading(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    refuseOtherKinds(path);
    if (sizeOf(path) === 0) throw new TypeError("it is empty");
    database = openReadOnly(path);
    requireHistory(database);
    const version = readVersion(database);
    if (version > SCHEMA_VERSION) throw laterVersion(version);
    requireIntact(database);
    presentOldSchema(database, version);
    return database;
  } catch (error) {
    database?.close();
    throw new HistoryError(`Cannot read the history ${path}: ${describeUnreadable(path, error)}`, {
      cause: error,
    });
  }
}

function openReadOnly(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    readVersion(database);
    return database;
  } catch (error) {
    database.close();
    if (!(isCannotOpen(error) || isReadOnly(error)) || (sizeOf(`${path}-wal`) ?? 0) > 0) throw error;
    return openImmutable(path, error);
  }
}

/**
 * Opens a file as immutable. SQLite wants to write a second file beside one that has a write-ahead log, even to read
 * it. If it may not do so, and the log is empty, no other process can be writing either.
 */
function openImmutable(path: string, failure: unknown): DatabaseSync {
  try {
    return new DatabaseSync(`${pathToFileURL(resolve(path)).href}?immutable=1`, { readOnly: true });
  } catch {
    // With a permission for this path alone, Deno refuses to open it by URL.
    throw failure;
  }
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

function hasTables(database: DatabaseSync): boolean {
  return Number(database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"]) > 0;
}

/** Refuses a file with the tables of another program. */
function requireHistory(database: DatabaseSync): void {
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    .map(({ name }) => name);
  if (readVersion(database) > 0 && TABLES.every((table) => names.includes(table))) return;
  // Damage may have taken the tables away.
  requireIntact(database);
  throw new TypeError("it is not a history of sonde watch");
}

function describeUnreadable(path: string, error: unknown): string {
  if (!isCannotOpen(error)) return describeFault(error);
  if (sizeOf(path) === undefined) return "there is no such file";
  if (isForbidden(path)) return "this user may not read the file";
  return "SQLite can read it only in a folder that can be written, or with --allow-read for everything";
}
