/**
 * Reads the data of one check from a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parseStored } from "../history/damage.ts";
import { parseState } from "../history/stored_state.ts";
import {
  type CertificateRow,
  currentCertificate,
  describeCertificate,
  LAST_RUNS_OF_TURNS,
  USUAL_DAYS,
} from "./current_certificate.ts";
import type { ChangeRow, TimeWindow } from "./change_row.ts";
import { RunReader } from "./run_columns.ts";
import { RunFinder, type RunLookup } from "./run_lookup.ts";
import type { CheckRows } from "./summarise_check.ts";

/** A check of a history. */
export interface CheckEntry extends Pick<CheckRows, "name" | "url" | "tags" | "interval" | "checkState"> {
  readonly id: number;
  readonly source: string | null;
  readonly removed: number | null;
  /** A certificate with fewer days left ends soon. */
  readonly soonDays: number;
  readonly lookup: RunLookup;
}

/** Reads checks with their runs and changes. */
export class CheckReader {
  readonly #runs: RunReader;
  readonly #finder: RunFinder;
  readonly #statements: Readonly<Record<"checks" | "changes" | "skipped" | "certificate", StatementSync>>;

  constructor(database: DatabaseSync) {
    this.#runs = new RunReader(database);
    this.#finder = new RunFinder(database);
    this.#statements = {
      checks: database.prepare(
        "SELECT id, name, url, tags, interval, state, certificate_days, source, removed FROM checks ORDER BY name",
      ),
      changes: database.prepare(
        'SELECT at, kind, "from", "to", since, cause FROM changes WHERE check_id = ? ORDER BY id',
      ),
      skipped: database.prepare(
        "SELECT sum(skipped) AS skipped FROM runs WHERE check_id = ? AND at >= ? AND at < ?",
      ),
      certificate: database.prepare(
        `SELECT at, certificate_days AS days, certificate_ends AS ends FROM runs
         WHERE check_id = ? AND at >= ? AND at < ? AND certificate_days IS NOT NULL
         ORDER BY at DESC LIMIT ${LAST_RUNS_OF_TURNS}`,
      ),
    };
  }

  /** Reads all checks in the order of their names. */
  checks(): CheckEntry[] {
    return this.#statements.checks.all().map((row) => {
      const [id, interval] = [Number(row["id"]), Number(row["interval"])];
      return {
        id,
        name: String(row["name"]),
        url: String(row["url"]),
        tags: parseStored(row["tags"]) as string[],
        interval,
        checkState: parseState(row["state"]),
        source: row["source"] as string | null,
        removed: row["removed"] as number | null,
        soonDays: Number(row["certificate_days"] ?? USUAL_DAYS),
        lookup: this.#finder.of(id, interval),
      };
    });
  }

  /**
   * Reads the runs and changes of a check.
   *
   * @param now Time at which the report is made, milliseconds since 1970
   */
  read({ id, soonDays, ...check }: CheckEntry, window: TimeWindow, now: number): CheckRows {
    const { from, to } = window;
    // The query selects the fields of the interface, and the tables are strict about types.
    const rows = this.#statements.certificate.all(id, from, to) as unknown as CertificateRow[];
    const certificate = currentCertificate(rows);
    return {
      ...check,
      runs: this.#runs.read(id, window),
      changes: this.#statements.changes.all(id) as unknown as ChangeRow[],
      skipped: Number(this.#statements.skipped.get(id, from, to)?.["skipped"] ?? 0),
      certificateDays: certificate?.days ?? null,
      certificate: certificate === undefined ? null : describeCertificate(certificate, { now, soonDays }),
    };
  }
}
