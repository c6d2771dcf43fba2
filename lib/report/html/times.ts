/**
 * Renders points in time, which the script of the page moves to the zone of the reader.
 *
 * @module
 */

import { formatMinute, formatSecond } from "../../text/instant.ts";

/** Renders a time to the minute: UTC, unless the script of the page runs. */
export function renderMinute(iso: string): string {
  return `<time datetime="${iso.slice(0, 16)}Z">${formatMinute(iso)} UTC</time>`;
}

/** Renders a time to the second: an outage may be over within a minute. */
export function renderSecond(iso: string): string {
  return `<time datetime="${iso.slice(0, 19)}Z">${formatSecond(iso)} UTC</time>`;
}

/** Renders a time to the second. The script leaves the time in UTC beside the one of the reader. */
export function renderBoth(iso: string): string {
  return `<time class="both" datetime="${iso.slice(0, 19)}Z">${formatSecond(iso)} UTC</time>`;
}

/** Renders a time to the minute like {@linkcode renderBoth}. */
export function renderBothMinutes(iso: string): string {
  return `<time class="both" datetime="${iso.slice(0, 16)}Z">${formatMinute(iso)} UTC</time>`;
}

/** Computes the milliseconds from one time to another; never less than 0. */
export function distance(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
