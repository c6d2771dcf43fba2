/**
 * The statements by which a history is written.
 *
 * @module
 */

/** Statements of the history by name. */
export const HISTORY_STATEMENTS = {
  state: "SELECT state FROM checks WHERE name = ?",
  amend: "UPDATE checks SET state = ? WHERE name = ? RETURNING id",
  check:
    `INSERT INTO checks (name, url, tags, interval, state, certificate_days, source) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET url = excluded.url, tags = excluded.tags, interval = excluded.interval,
      state = excluded.state, certificate_days = excluded.certificate_days, source = ifnull(excluded.source, source), removed = NULL
    RETURNING id`,
  run:
    `INSERT INTO runs (check_id, at, verdict, status, dns, connect, tls, send, wait, receive, total, certificate_days,
      certificate_ends, retries, skipped, cause, excluded)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change:
    `INSERT INTO changes (check_id, at, kind, "from", "to", since, cause, quiet) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id`,
} as const;
