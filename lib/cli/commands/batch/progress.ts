/**
 * Formats the progress line of a batch.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";

/** The progress of a run. */
export interface Progress {
  readonly rows: number;
  readonly ok: number;
  /** Milliseconds since the beginning. */
  readonly elapsed: number;
  /** From 0 to 1, if the size of the list is known. */
  readonly share: number | undefined;
}

/** Formats a line for the terminal: done, rate, ok, failed and remaining time. */
export function formatProgress({ rows, ok, elapsed, share }: Progress): string {
  const rate = elapsed > 0 ? Math.round(rows / elapsed * 1000) : 0;
  const parts = [
    `${formatCount(rows)} done${share === undefined ? "" : ` (${Math.floor(100 * share)} %)`}`,
    `${formatCount(rate)}/s`,
    `${formatCount(ok)} ok`,
    `${formatCount(rows - ok)} failed`,
  ];
  // The first few percent say little about the rest.
  if (share !== undefined && share > 0.02 && share < 1 && rows > 0) {
    parts.push(`${formatDuration(elapsed * (1 - share) / share)} left`);
  }
  return parts.join(", ");
}
