/**
 * Results as CSV (RFC 4180), without text that a spreadsheet takes for a formula.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import { chainTotal, earliestCertificate } from "../redirect_chain.ts";
import type { ProbeResult } from "../result.ts";
import { checkOptions } from "../text/check_options.ts";
import { type CsvCell, csvMilliseconds, escapeCsv } from "../text/escape/csv.ts";
import { escapeMessage, escapeOctets, escapeText } from "../text/escape/text.ts";
import { CHECK_COLUMNS } from "./csv_check_columns.ts";
import { ROW_FACT_NAMES, type RowOptions } from "./formatter.ts";

/** A column: its name, its description, and a function that gives the escaped cell for a result. */
interface CsvColumn {
  readonly name: string;
  readonly holds: string;
  readonly cell: (result: ProbeResult) => CsvCell;
}

const column = (name: string, holds: string, cell: (result: ProbeResult) => CsvCell): CsvColumn => ({
  name,
  holds,
  cell,
});

function header(name: string): (result: ProbeResult) => CsvCell {
  return ({ headers }) => headers && escapeOctets(fieldValues(headers, name).join(", "));
}

/** The columns of the CSV, in order. New ones are added at the end. */
export const CSV_COLUMNS: readonly CsvColumn[] = [
  column("input", "as the user wrote it", ({ input }) => escapeText(input)),
  column("url", "URL that was probed last, after redirects", ({ url }) => escapeText(url)),
  column("method", "method of the request", ({ method }) => escapeText(method)),
  column("started_at", "ISO 8601, UTC, of the last hop", ({ startedAt }) => startedAt),
  column("ok", "true or false", ({ ok }) => ok),
  column("status", "status code", ({ status }) => status),
  column("reason", "reason phrase", ({ reason }) => reason === undefined ? undefined : escapeOctets(reason)),
  column("version", "HTTP version", ({ version }) => version),
  column("error_kind", "kind of failure", ({ error }) => error?.kind),
  column("error_phase", "phase in which it failed", ({ error }) => error?.phase),
  column("error_by", "target, network or local", ({ error }) => error?.by),
  column("error_message", "message of the error", ({ error }) => error && escapeMessage(error.message)),
  column("total_ms", "the whole exchange, of the last hop", ({ timings }) => csvMilliseconds(timings.total)),
  column("dns_ms", "name lookup", ({ timings }) => csvMilliseconds(timings.dns)),
  column("connect_ms", "TCP connect", ({ timings }) => csvMilliseconds(timings.connect)),
  column("tls_ms", "TLS handshake", ({ timings }) => csvMilliseconds(timings.tls)),
  column("listen_ms", "listening before the request", ({ timings }) => csvMilliseconds(timings.listen)),
  column("send_ms", "sending", ({ timings }) => csvMilliseconds(timings.send)),
  column("wait_ms", "to the first octet", ({ timings }) => csvMilliseconds(timings.wait)),
  column("receive_ms", "first to last octet", ({ timings }) => csvMilliseconds(timings.receive)),
  column("own_ms", "sonde itself", ({ timings }) => csvMilliseconds(timings.own)),
  column("lag_ms", "worst delay of our own event loop", ({ timings }) => csvMilliseconds(timings.lag)),
  column(
    "lost_ms",
    "sum of the delays of our own event loop",
    ({ timings }) => csvMilliseconds(timings.lost),
  ),
  column("address", "IP address of the server", (result) => {
    const { connection, tries, address } = result;
    const shown = connection?.peer.address ?? tries?.at(-1)?.address ?? address;
    return shown === undefined ? undefined : escapeText(shown);
  }),
  column("port", "port of the server", ({ connection }) => connection?.peer.port),
  column("server", "field Server", header("server")),
  column("content_type", "field Content-Type", header("content-type")),
  column("location", "field Location", header("location")),
  column("framing", "how the end of the body is found", ({ body }) => body?.framing),
  column("body_bytes", "octets of content", ({ body }) => body?.bytes),
  column("body_unread", "why content was not read to its end", ({ body }) => body?.unread),
  column(
    "announced_persistent",
    "whether the head announces that the connection stays open",
    ({ connection }) => connection?.announced?.persistent,
  ),
  column("end_by", "who ended the connection: peer or us", ({ connection }) => connection?.end.by),
  column(
    "end_how",
    "fin, close-notify, rst, tls-truncated, closed, open",
    ({ connection }) => connection?.end.how,
  ),
  column("end_fin", "whether FIN was seen after close_notify", ({ connection }) => connection?.end.fin),
  column("tls_version", "as in TLSv1.3", ({ tls }) => tls?.version),
  column("tls_verified", "whether the certificate was accepted", ({ tls }) => tls?.verified),
  column("certificate_days_left", "until it expires", ({ tls }) => tls?.certificate?.daysLeft),
  column("redirects", "number of hops before this one", ({ redirects }) => redirects.length),
  column(
    "deviations",
    "codes, separated by spaces",
    ({ deviations }) => deviations.map(({ code }) => code).join(" "),
  ),
  column(
    "unmet",
    "expectations that are false, separated by semicolons",
    ({ checks }) => checks.filter(({ ok }) => !ok).map(({ expect }) => escapeText(expect)).join("; "),
  ),
  column("attempts", "number of failed tries before this one", ({ attempts }) => attempts?.length ?? 0),
  column("line", "number of the line in the list", ({ line }) => line),
  column("tag", "as the list gives it", ({ tag }) => tag === undefined ? undefined : escapeText(tag)),
  column("request_sent_bytes", "octets of the request that were sent", ({ request }) => request?.sentBytes),
  column("request_complete", "whether all of the request was sent", ({ request }) => request?.complete),
  column(
    "new_connection",
    "why the connection of the previous request could not be used",
    ({ newConnection }) => newConnection?.why,
  ),
  column("chain_total_ms", "all hops together", (result) => csvMilliseconds(chainTotal(result))),
  column(
    "earliest_certificate_end",
    "when the first certificate of all hops and their issuers ends",
    (result) => earliestCertificate(result)?.notAfter,
  ),
  column(
    "earliest_certificate_days_left",
    "days until that",
    (result) => earliestCertificate(result)?.daysLeft,
  ),
];

/** Formats the names of the columns as one line, without its end. */
export function formatCsvHeader(): string {
  return CSV_COLUMNS.map(({ name }) => name).join(",");
}

/** Formats the names of the columns of checks as one line, without its end. */
export function formatCheckCsvHeader(): string {
  return [...CSV_COLUMNS, ...CHECK_COLUMNS].map(({ name }) => name).join(",");
}

/**
 * Formats a result as one line of CSV, without its end. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front. Control characters are escaped, so no cell has a line end. With the outcome of a check the line has
 * its columns as well.
 *
 * @example Usage
 * ```ts
 * import { formatCsv, type ProbeResult } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const result: ProbeResult = {
 *   schema: 1,
 *   input: "=cmd()",
 *   url: "",
 *   method: "",
 *   startedAt: "2026-03-01T12:00:00.000Z",
 *   ok: false,
 *   interim: [],
 *   deviations: [],
 *   timings: { total: 0 },
 *   redirects: [],
 *   checks: [],
 * };
 * assert(formatCsv(result).startsWith("'=cmd(),"));
 * ```
 */
export function formatCsv(result: ProbeResult, options: RowOptions = {}): string {
  checkOptions(options, ROW_FACT_NAMES);
  const { check } = options;
  const cells = CSV_COLUMNS.map(({ cell }) => cell(result));
  if (check !== undefined) cells.push(...CHECK_COLUMNS.map(({ cell }) => cell(check)));
  return cells.map(escapeCsv).join(",");
}
