/**
 * Formats the figures of a progress line.
 *
 * @module
 */

import { formatCount } from "../../text/count.ts";
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

/** Formats a pace, given for a millisecond, for a second or a minute: `150/s`, `2.5/s`, `12/min`. */
export function formatPace(perMs: number): string {
  const perSecond = perMs * 1000;
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))}/s`;
  if (perSecond >= 1) return `${Math.round(perSecond * 10) / 10}/s`;
  return `${Math.round(perSecond * 600) / 10}/min`;
}
