/**
 * Opens the file of a history, for writing or for reading.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HistoryError } from "./history_error.ts";
import { presentOldSchema } from "./old_schema.ts";
import { laterVersion, migrate, SCHEMA_VERSION, TABLES } from "./schema.ts";

/** Milliseconds that a write waits for another process at most. */
const BUSY_TIMEOUT = 5000;

/** The code of SQLite for a file that cannot be opened, and its message where there is no code. */
const CANTOPEN = 14;
const CANNOT_OPEN = "unable to open database file";

/**
 * Opens a history for writing, and creates the file if there is none.
 *
 * @param path Path of a file, or `:memory:`
 * @throws {HistoryError} If the file cannot be opened, or this version does not know its format; it then stays unchanged
 */
export function openForWriting(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    if (readVersion(database) > 0 || hasTables(database)) requireHistory(database);
    // With a write-ahead log, a killed process leaves only whole transactions, and readers never wait.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    const cause = isCannotOpen(error)
      ? "it is not a file, or its folder is missing or cannot be written"
      : (error as Error).message;
    throw new HistoryError(`Cannot open the history ${path}: ${cause}`, { cause: error });
  }
}

/**
 * Opens a history for reading; a watch may go on writing meanwhile.
 *
 * @throws {HistoryError} If the file cannot be opened, or was written by a later version
 */
export function openForReading(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = openReadOnly(path);
    requireHistory(database);
    const version = readVersion(database);
    if (version > SCHEMA_VERSION) throw laterVersion(version);
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
    if (!isCannotOpen(error) || sizeOf(`${path}-wal`) > 0) throw error;
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
  throw new TypeError("it is not a history of sonde watch");
}

function isCannotOpen(error: unknown): boolean {
  const { errcode, message } = error as Error & { readonly errcode?: number };
  return errcode === CANTOPEN || message.startsWith(CANNOT_OPEN);
}

function describeUnreadable(path: string, error: unknown): string {
  if (sizeOf(path) === -1) return "there is no such file";
  if (!isCannotOpen(error)) return (error as Error).message;
  return "SQLite can read it only in a folder that can be written, or with --allow-read for everything";
}

/** Reads the size of a file in bytes; −1 if there is no such file. */
function sizeOf(path: string): number {
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile ? size : -1;
  } catch {
    return -1; // Opening the file will report the reason.
  }
}
