/**
 * The columns that a line for one result can have, as one table.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import { chainTotal } from "../redirect_chain.ts";
import type { BodyFacts, ConnectionEnd, ProbeResult } from "../result.ts";
import { escapeOctets, escapeText } from "../text/escape/text.ts";
import { formatDuration } from "../text/duration.ts";
import type { Style } from "../text/paint.ts";
import { describeDisagreement } from "./text/connection.ts";
import { countDeviations } from "./text/deviations.ts";
import { nameTarget } from "./target_name.ts";
import { statusStyle } from "./text/head.ts";
import { causeOf } from "./row_notes.ts";

/** Name of a column. */
export type RowColumn =
  | "status"
  | "time"
  | "wait"
  | "receive"
  | "address"
  | "server"
  | "framing"
  | "connection"
  | "reuse"
  | "deviations"
  | "error"
  | "target"
  | "url";

/** One column: its title, its width, and the cell for a result. */
export interface Column {
  /** Heading of the column. */
  readonly title: string;
  /** Its smallest width, in columns of the terminal. */
  readonly least: number;
  /** Its largest width on a wide terminal. */
  readonly most: number;
  /** Names the target; such a cell stays whole at the end of a row. @default false */
  readonly target?: boolean;
  /** Aligns the cells to the right, for figures. @default false */
  readonly right?: boolean;
  /** The cell, escaped. */
  readonly text: (result: ProbeResult) => string;
  /** The style of the cell, if it has one. */
  readonly style?: (result: ProbeResult) => Style | undefined;
}

const FRAMINGS: Readonly<Record<BodyFacts["framing"], string>> = {
  "content-length": "length",
  chunked: "chunked",
  "until-close": "close",
  none: "none",
};
const ENDS: Readonly<Record<ConnectionEnd["how"], string>> = {
  fin: "fin",
  "close-notify": "notify",
  rst: "rst",
  "tls-truncated": "cut",
  closed: "closed",
  open: "open",
};

function statusText({ error, status, ok }: ProbeResult): string {
  if (error !== undefined) return error.kind;
  return `${status ?? "?"}${ok ? "" : " unmet"}`;
}

function lineStyle({ error, status, ok }: ProbeResult): Style {
  if (error !== undefined) return error.by === "local" ? "warning" : "bad";
  return ok ? statusStyle(status ?? 0) : "bad";
}

function connectionText({ connection }: ProbeResult): string {
  if (connection === undefined) return "-";
  const mark = describeDisagreement(connection) === undefined ? "" : "!";
  const { how, watched = 0 } = connection.end;
  return `${ENDS[how]}${how === "open" && watched > 0 ? ` ${formatDuration(watched)}` : ""}${mark}`;
}

function reuseText({ connection }: ProbeResult): string {
  if (connection === undefined) return "-";
  return connection.reused ? "warm" : "cold";
}

function serverText({ headers = [] }: ProbeResult): string {
  return escapeOctets(fieldValues(headers, "server")[0] ?? "-");
}

function phaseText(ms: number | undefined): string {
  return ms === undefined ? "-" : formatDuration(ms);
}

function deviationsText({ deviations }: ProbeResult): string {
  const count = countDeviations(deviations);
  return count > 99 ? "99+" : String(count);
}

/** Every column by its name. */
export const COLUMNS: Readonly<Record<RowColumn, Column>> = {
  status: { title: "status", least: 11, most: 11, text: statusText, style: lineStyle },
  time: { title: "time", least: 7, most: 7, right: true, text: (result) => phaseText(chainTotal(result)) },
  wait: { title: "wait", least: 7, most: 7, right: true, text: ({ timings }) => phaseText(timings.wait) },
  receive: {
    title: "receive",
    least: 7,
    most: 7,
    right: true,
    text: ({ timings }) => phaseText(timings.receive),
  },
  address: {
    title: "address",
    least: 15,
    most: 39,
    text: ({ connection, tries }) => escapeText(connection?.peer.address ?? tries?.at(-1)?.address ?? "-"),
  },
  server: { title: "server", least: 12, most: 24, text: serverText },
  framing: {
    title: "framing",
    least: 7,
    most: 7,
    text: ({ body }) => body === undefined ? "-" : FRAMINGS[body.framing],
  },
  connection: {
    title: "conn",
    // A connection that stayed open has the time for which sonde watched it.
    least: 9,
    most: 10,
    text: connectionText,
    style: (result) => connectionText(result).endsWith("!") ? "warning" : undefined,
  },
  reuse: {
    title: "reuse",
    least: 5,
    most: 5,
    text: reuseText,
  },
  deviations: {
    title: "dev",
    least: 3,
    most: 3,
    right: true,
    text: deviationsText,
    style: ({ deviations }) => deviations.length > 0 ? "warning" : "dim",
  },
  error: {
    title: "error",
    least: 12,
    most: 80,
    text: (result) => causeOf(result) ?? "",
    style: (result) => result.error ? lineStyle(result) : "warning",
  },
  target: { title: "target", least: 12, most: 80, target: true, text: nameTarget },
  url: { title: "url", least: 12, most: 80, target: true, text: ({ url }) => escapeText(url) },
};
