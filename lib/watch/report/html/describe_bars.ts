/**
 * Describes the time of bars in words.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { formatMinute, formatSecond } from "../../../text/instant.ts";
import type { Frame } from "./frames.ts";
import type { Bar, Look } from "./read_bars.ts";

/** The meaning of each look, in the order of the key. */
export const MEANINGS: Readonly<Record<Look, string>> = {
  d: "outage",
  f: "single failures",
  g: "degraded",
  u: "up",
  p: "up, in part without data",
  q: "up, in part in maintenance",
  k: "unknown",
  m: "maintenance",
  n: "no data",
};

/** States in the title of a bar, with their words. */
const STATES = [
  ["down", "down"],
  ["degraded", "degraded"],
  ["unknown", "unknown"],
  ["maintenance", "maintenance"],
  ["none", "no data"],
  ["up", "up"],
] as const;

/** The times of a bar of fewer milliseconds have seconds. */
const SHORT = 600_000;

/**
 * Describes bars that look the same: their time, how long the check was in each state, and the cause.
 *
 * @param longest Characters of the cause at most
 */
export function describeBars(bars: readonly Bar[], longest = Infinity): string {
  const [first, last] = [bars[0]!, bars.at(-1)!];
  const when = `${describePeriod(first.frame, last.frame)} UTC`;
  if (first.frame.known === 0) return `${when}: still to come`;
  if (first.plain) return `${when}: ${MEANINGS[first.look]}`;
  const states = STATES.flatMap(([state, word]) =>
    first.ms[state] < 1 ? [] : [`${word} ${formatDuration(first.ms[state])}`]
  );
  const outages = first.outages === 0 ? [] : [formatQuantity(first.outages, "outage")];
  const cause = first.cause === undefined ? "" : `. ${shorten(first.cause, longest)}`;
  return `${when}: ${[...outages, ...states].join(", ")}${cause}`;
}

function describePeriod(first: Frame, last: Frame): string {
  const format = first.end - first.start < SHORT ? formatSecond : formatMinute;
  const begin = first.dates?.[0] ?? format(first.from);
  const end = last.dates?.at(-1) ?? format(last.to).replace(`${first.from.slice(0, 10)} `, "");
  return begin === end ? begin : `${begin} to ${end}`;
}

function shorten(cause: string, longest: number): string {
  const characters = [...cause];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : cause;
}
