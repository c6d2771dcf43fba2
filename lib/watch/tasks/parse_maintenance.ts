/**
 * Reads the windows of maintenance of a check or of a whole task file.
 *
 * @module
 */

import type { MaintenanceWindow } from "../maintenance/maintenance_window.ts";
import { type Span, zonedSpan } from "../maintenance/zoned_span.ts";
import { asEntry, asList, asShownText, type Entry, type EntryReader } from "./entry_reader.ts";
import { describeUnknownKey } from "./unknown_key.ts";

/** A window of maintenance in a task file: once, or every week on the given days. */
export interface MaintenanceDefinition {
  /** Start: a date with a time, as in `2026-03-01T22:00`, or `22:00` for a window that comes every week. */
  readonly from: string;
  /** End, in the same form. A window that comes every week may reach over midnight. */
  readonly to: string;
  /** Days on which a window begins that comes every week, as in `["sat", "sun"]`. @default every day */
  readonly days?: readonly string[] | undefined;
  /** Time zone of times that have no offset, as in `Europe/Berlin`. @default {"UTC"} */
  readonly zone?: string | undefined;
}

const KEYS: readonly string[] = ["from", "to", "days", "zone"];
const DAYS: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const FULL_DAYS: readonly string[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

const TIME_OF_DAY = /^(\d{1,2}):(\d\d)$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Reads `maintenance`: a list of windows. */
export function parseMaintenance(reader: EntryReader): MaintenanceWindow[] {
  return reader.list("maintenance", (value) => parseWindow(asEntry(value, "an object with from and to"))) ??
    [];
}

function parseWindow(entry: Entry): MaintenanceWindow {
  const unknown = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new TypeError(`${unknown}: ${describeUnknownKey(unknown, KEYS)}`);
  }
  const [from, to] = [readText(entry, "from"), readText(entry, "to")];
  const zone = entry["zone"] === undefined ? "UTC" : parseZone(readText(entry, "zone"));
  const isWeekly = entry["days"] !== undefined || TIME_OF_DAY.test(from);
  return isWeekly ? parseWeekly({ from, to, zone, days: entry["days"] }) : parseOnce(from, to, zone);
}

function readText(entry: Entry, key: string): string {
  if (entry[key] === undefined) throw new TypeError(`${key}: it is missing`);
  return within(key, () => asShownText(entry[key]));
}

function parseZone(name: string): string {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return name;
  } catch {
    throw new RangeError(
      `zone: there is no time zone ${JSON.stringify(name)}; write one as in Europe/Berlin`,
    );
  }
}

function parseOnce(from: string, to: string, zone: string): MaintenanceWindow {
  const [start, end] = [parseDateTime("from", from), parseDateTime("to", to)];
  const spanOf = ({ time, at }: DateTime): Span =>
    at === undefined ? zonedSpan(time, time, zone) : { from: at, to: at };
  // Times that the clocks skip have a meaning only together.
  const span = start.at === undefined && end.at === undefined
    ? zonedSpan(start.time, end.time, zone)
    : { from: spanOf(start).from, to: spanOf(end).to };
  if (span.from < span.to) return { type: "once", ...span };
  throw new RangeError(`to: ${to} is not after ${from}`);
}

/** A time that a clock shows, and its moment if it has an offset. */
interface DateTime {
  readonly time: Temporal.PlainDateTime;
  readonly at: number | undefined;
}

function parseDateTime(key: string, text: string): DateTime {
  const [, date, time = "00:00", offset] = DATE_TIME.exec(text) ?? [];
  try {
    if (date === undefined) throw new RangeError("another form");
    const local = Temporal.PlainDateTime.from(`${date}T${time}`);
    if (offset === undefined) return { time: local, at: undefined };
    const at = Temporal.Instant.from(`${date}T${time}${offset.toUpperCase()}`);
    return { time: local, at: at.epochMilliseconds };
  } catch {
    throw new RangeError(`${key}: expected a date with a time, as in 2026-03-01T22:00, not ${text}`);
  }
}

function parseWeekly(
  { from, to, zone, days }: { from: string; to: string; zone: string; days: unknown },
): MaintenanceWindow {
  const window = { from: parseMinutes("from", from), to: parseMinutes("to", to) };
  if (window.from === 1440) throw new RangeError("from: write 00:00 for midnight");
  if (window.from === window.to) {
    throw new RangeError(`to: it is the same as from; for a whole day, write from 00:00 to 24:00`);
  }
  return { type: "weekly", ...window, zone, days: parseDays(days) };
}

function parseMinutes(key: string, text: string): number {
  const [, hours, minutes] = TIME_OF_DAY.exec(text) ?? [];
  const sum = Number(hours) * 60 + Number(minutes);
  if (sum <= 1440 && Number(minutes) < 60) return sum;
  throw new RangeError(`${key}: expected a time of day, as in 22:00, not ${text}`);
}

function parseDays(value: unknown): readonly number[] {
  if (value === undefined) return [1, 2, 3, 4, 5, 6, 7];
  const words = within("days", () => asList(value).map(asShownText));
  if (words.length === 0) throw new RangeError("days: the list is empty");
  return words.map((word) => {
    const lower = word.toLowerCase();
    const day = Math.max(DAYS.indexOf(lower), FULL_DAYS.indexOf(lower)) + 1;
    if (day > 0) return day;
    throw new RangeError(`days: expected ${DAYS.join(", ")}, not ${JSON.stringify(word)}`);
  });
}

/** Names the key in the message of a mistake. */
function within<T>(key: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new TypeError(`${key}: ${(error as Error).message}`, { cause: error });
  }
}
