/**
 * The last failure to download a package that a run can do without.
 *
 * Without a network, Deno prints a line and tries for a second or two before it gives up. `localStorage` needs no
 * permission, so later runs can skip that.
 *
 * @module
 */

const KEY = "sonde: packages unreachable";

/** Milliseconds for which runs do not try again: long enough for a series of runs, short after the network returns. */
const PAUSE = 600_000;

/** Reads the time of the last failure, if it is recent. */
export function recentFailure(now = Date.now()): Date | undefined {
  try {
    const time = Number(localStorage.getItem(KEY) ?? NaN);
    return now >= time && now - time < PAUSE ? new Date(time) : undefined;
  } catch {
    // Deno cannot store anything, for example on a read-only disk: the run tries again.
    return undefined;
  }
}

/** Stores the time of a failure. */
export function rememberFailure(now = Date.now()): void {
  try {
    localStorage.setItem(KEY, String(now));
  } catch {
    // See above: the next run tries again.
  }
}
