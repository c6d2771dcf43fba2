/**
 * Finds damage in the file of a history, and words the errors of SQLite.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";

/** The codes of SQLite for a file that cannot be written, for a damaged one, and for a file of another kind. */
const READ_ONLY = 8;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** The code of SQLite for a file that cannot be opened, and its message where there is no code. */
const CANNOT_OPEN = 14;
const CANNOT_OPEN_MESSAGE = "unable to open database file";

/** Messages about a damaged file without a code, and about a time beyond all times. */
const IMPOSSIBLE = /malformed|^Invalid time value$|^Value is too large/;

/** Bits of a code that tell the error; the others tell more about it. */
const MAIN_CODE = 0xff;

/**
 * Bytes of a file that is checked in full before it is written to. A check takes about a third of a second for every
 * 128 MiB, and `watch --once` may be started every minute.
 */
const LARGE = 128 * 2 ** 20;

/** Tables that are small in every history. */
const SMALL_TABLES = ["checks", "changes", "deliveries"];

/** A file that is damaged, or no file of SQLite. */
export class DamageError extends Error {
  /** Name of the class. */
  override readonly name = "DamageError";
}

/**
 * Checks that the whole file is intact. SQLite itself notices only some damage, and only where it reads.
 *
 * @throws {DamageError} If it is not
 */
export function requireIntact(database: DatabaseSync): void {
  requireOk(database, "PRAGMA integrity_check(1)");
}

/**
 * Checks that a file is intact, of a large one only the small tables.
 *
 * @throws {DamageError} If it is not
 */
export function requireIntactUnlessLarge(database: DatabaseSync, size: number): void {
  if (size <= LARGE) requireIntact(database);
  else for (const table of SMALL_TABLES) requireOk(database, `PRAGMA integrity_check(${table})`);
}

function requireOk(database: DatabaseSync, sql: string): void {
  const [found] = Object.values(database.prepare(sql).get() ?? {}).map(String);
  if (found !== "ok") throw new DamageError(describeDamage(String(found)));
}

/**
 * Parses JSON that a history holds.
 *
 * @throws {DamageError} If it is no JSON
 */
export function parseStored(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch (error) {
    throw new DamageError(describeDamage((error as SyntaxError).message), { cause: error });
  }
}

/** Makes the error for a value that no history has. */
export function impossibleValue(what: string): DamageError {
  return new DamageError(describeDamage(`a row has ${what}`));
}

/** Tells if SQLite could not open a file at all. */
export function isCannotOpen(error: unknown): boolean {
  const { message } = error as Error;
  return codeOf(error) === CANNOT_OPEN || message.startsWith(CANNOT_OPEN_MESSAGE);
}

/** Tells if SQLite could not write. Even to read a file, it writes another one beside it. */
export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === READ_ONLY;
}

/** Words an error of SQLite for people. */
export function describeFault(error: unknown): string {
  const { message } = error as Error;
  switch (codeOf(error)) {
    case READ_ONLY:
      return "the file or its folder cannot be written";
    case CORRUPT:
      return describeDamage(message);
    case NOT_A_DATABASE:
      return "it is not a history of sonde watch: it is another file, or it is damaged";
    default:
      return IMPOSSIBLE.test(message) ? describeDamage(message) : message;
  }
}

function describeDamage(found: string): string {
  // SQLite begins its list of findings with a title, and puts each on a line.
  const [first] = found.split("\n").filter((line) => !line.startsWith("***"));
  return `the file is damaged (${first}): move it away, or put a copy in its place`;
}

function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { readonly errcode?: number };
  return errcode === undefined ? undefined : errcode & MAIN_CODE;
}
