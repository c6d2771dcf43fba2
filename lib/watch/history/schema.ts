/**
 * The tables of a history, as a list of steps: step n upgrades a file from version n to version n + 1.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./transaction.ts";

/** The steps from an empty file to the current version. */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    tags TEXT NOT NULL,        -- JSON list
    interval INTEGER NOT NULL, -- ms
    state TEXT NOT NULL        -- JSON of CheckState
  ) STRICT;
  -- Kept in the order of checks and time, so that a window of one check is read in one go.
  CREATE TABLE runs (
    check_id INTEGER NOT NULL REFERENCES checks(id),
    at INTEGER NOT NULL,       -- start, ms since 1970
    verdict TEXT NOT NULL,     -- up, degraded, down, unknown
    status INTEGER,
    dns REAL, connect REAL, tls REAL, send REAL, wait REAL, receive REAL, -- ms
    total REAL NOT NULL,
    certificate_days INTEGER,
    retries INTEGER NOT NULL,
    skipped INTEGER NOT NULL,  -- starts that were missed before this run
    cause TEXT,                -- why the verdict is not up
    PRIMARY KEY (check_id, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    check_id INTEGER NOT NULL REFERENCES checks(id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    since INTEGER NOT NULL,
    cause TEXT NOT NULL
  ) STRICT;
  CREATE INDEX changes_by_check ON changes (check_id, at);
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
    receiver TEXT NOT NULL,    -- digest of the receiver, as its URL may be a secret
    message TEXT NOT NULL,     -- JSON
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,      -- ms since 1970
    outcome TEXT,              -- delivered, given-up; NULL while it is still to be delivered
    settled INTEGER,           -- ms since 1970
    error TEXT                 -- of the last try
  ) STRICT;
  CREATE INDEX deliveries_open ON deliveries (receiver, id) WHERE outcome IS NULL;
  CREATE INDEX deliveries_by_change ON deliveries (change_id);
  `,
  `
  ALTER TABLE checks ADD COLUMN source TEXT;     -- task file that last had the check
  ALTER TABLE checks ADD COLUMN certificate_days INTEGER; -- a certificate with fewer days left ends soon
  ALTER TABLE checks ADD COLUMN removed INTEGER; -- when that file was first read without it, ms since 1970
  ALTER TABLE runs ADD COLUMN certificate_ends INTEGER; -- earliest end of a certificate, ms since 1970
  ALTER TABLE runs ADD COLUMN excluded TEXT;     -- why the run does not count: maintenance
  ALTER TABLE changes ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0; -- 1: nobody was told
  ALTER TABLE deliveries ADD COLUMN address TEXT; -- digest of the receiver without its credentials
  ALTER TABLE deliveries ADD COLUMN queued INTEGER NOT NULL DEFAULT 0; -- ms since 1970
  ALTER TABLE deliveries ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0; -- until when a process tries it, ms since 1970
  ALTER TABLE deliveries ADD COLUMN waiting TEXT; -- why all notices wait: unreachable, limited
  UPDATE deliveries SET address = receiver, queued = due;
  `,
];

/** Version of the tables that this program writes. */
export const SCHEMA_VERSION = STEPS.length;

/** Tables that a history of every version has. */
export const TABLES: readonly string[] = ["checks", "runs", "changes", "deliveries"];

/**
 * Upgrades a file to the version of this program, in one transaction.
 *
 * @param steps All steps, from version 0 on
 * @throws {RangeError} If a later version wrote the file
 */
export function migrate(database: DatabaseSync, steps: readonly string[] = STEPS): void {
  inTransaction(database, () => {
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (version > steps.length) throw laterVersion(version, steps.length);
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** Makes the error for a file of a later version. */
export function laterVersion(version: number, known: number = SCHEMA_VERSION): RangeError {
  return new RangeError(`it has version ${version} of the schema, and this sonde knows ${known} only`);
}
