/**
 * Formats the figures of a progress line.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";

/** A remaining time above these milliseconds is rounded to these. A finer figure would only flicker. */
const ROUNDED: readonly (readonly [above: number, to: number])[] = [
  [3_600_000, 60_000],
  [600_000, 30_000],
  [120_000, 5_000],
  [0, 1_000],
];

/** Formats a share from 0 to 1: `24 %`, and 100 % only at the end. */
export function formatShare(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

/** Formats the remaining time as a part of the line, if it is known: `25 s left`. */
export function formatLeft(ms: number | undefined): string[] {
  if (ms === undefined) return [];
  const [, to] = ROUNDED.find(([above]) => ms > above) ?? [0, 1_000];
  return [`${formatDuration(Math.max(1_000, Math.round(ms / to) * to))} left`];
}
