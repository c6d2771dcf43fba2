/**
 * Formats points in time for people.
 *
 * @module
 */

/** Formats a time of ISO 8601 as `2026-03-01 12:00`, UTC. */
export function formatMinute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** Formats a time of ISO 8601 as `2026-03-01 12:00:05`, UTC: an outage may be over within a minute. */
export function formatSecond(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}
