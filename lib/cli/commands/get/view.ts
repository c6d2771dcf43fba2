/**
 * The views of a finished download: one line, or everything.
 *
 * @module
 */

import type { DownloadResult } from "../../../download/download_result.ts";
import type { ProbeResult, Timings } from "../../../result.ts";
import { escapeText } from "../../../text/escape/text.ts";
import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { plain } from "../../../text/paint.ts";
import { layOut, layOutFacts, type Span, type View } from "../../../text/layout.ts";
import { layOutAdvice, shortenMessage } from "../../../report/text/error.ts";
import { namePeer } from "../../../report/text/request.ts";
import { describeUnfinished } from "../../../report/text/upload.ts";
import type { FormatSize } from "../../output/sizes.ts";

/** The ways in which a later run can use the partial file. */
const RESUMABLE = "--resume continues it";
const ANEW = "--resume starts over: the answer has no usable ETag or Last-Modified";

/** Formats the outcome of a download to stdout: one line, unless it is wider than `width` columns. */
export function formatDownloadLine(result: DownloadResult, formatSize: FormatSize, width = Infinity): string {
  return layOut([describeOutcome(result, formatSize)], { width, paint: plain, verbose: false }).join("\n");
}

function describeOutcome(result: DownloadResult, formatSize: FormatSize): string {
  const { ok, error, bytes, timings: { total }, rate, exchanges } = result;
  if (!ok) return error?.message ?? "";
  const unfinished = describeUnfinished(exchanges.at(-1) ?? {});
  const speed = rate === undefined ? "" : `, ${formatSize(rate)}/s`;
  const exact = formatQuantity(bytes, "octet");
  const rounded = formatSize(bytes);
  // Below this, a rounded size says the same number.
  const size = bytes < 1024 || rounded === exact ? exact : `${exact} (${rounded})`;
  return `${size} in ${formatDuration(total)}${speed}${unfinished === undefined ? "" : `; ${unfinished}`}`;
}

/** Gives the number of octets, with the number of all of them if it is known: `3 of 5,000 octets`. */
function describeBytes(bytes: number, total: number | undefined): string {
  return total === undefined
    ? formatQuantity(bytes, "octet")
    : `${formatCount(bytes)} of ${formatQuantity(total, "octet")}`;
}

function describePart({ bytes, error, resumable }: DownloadResult): string {
  if (error?.kind === "digest") return " (not to be resumed)";
  if (bytes === 0) return "";
  return ` (${resumable ? RESUMABLE : ANEW})`;
}

/** Formats everything about a download, as lines joined by LF. */
export function formatDownload(result: DownloadResult, view: View, formatSize: FormatSize): string {
  const { file, part, bytes, total, resumedAt, restarted, rate, sha256, error, exchanges } = result;
  const size: Span[] = [describeBytes(bytes, error && total)];
  if (resumedAt !== undefined) {
    size.push(`, ${formatQuantity(resumedAt, "octet")} of them from an earlier run`);
  }
  const last = exchanges.at(-1);
  const { names = [], transfer = [] } = last?.body?.coding ?? {};
  const codings = [...names, ...transfer];
  if (codings.length > 0) size.push(`, coded with ${escapeText(codings.join(", "))} and kept as they came`);
  const lines: string[] = [];
  if (error) {
    lines.push(
      ...layOut([
        ["bad", `FAILED: ${error.kind}`],
        error.by === "local" ? " (a local fault)" : ` (fault of the ${error.by})`,
      ], view),
    );
    // The line about the request names its URL.
    lines.push(...layOut([shortenMessage(error.message, last ?? {})], view, { first: 2, rest: 2 }));
    lines.push(...layOutAdvice(error, view));
  }
  if (file !== undefined) lines.push(...layOutFacts("saved", [[["good", escapeText(file)]]], view));
  if (part !== undefined) {
    lines.push(...layOutFacts("left", [[escapeText(part), ["dim", describePart(result)]]], view));
  }
  if (last?.status !== undefined && !error?.message.includes(describeBytes(bytes, total))) {
    lines.push(...layOutFacts("content", [size], view));
  }
  if (restarted !== undefined) lines.push(...layOutFacts("restarted", [[restarted]], view));
  lines.push(...layOutFacts("from", exchanges.flatMap(describeExchange), view));
  if (rate !== undefined) lines.push(...layOutFacts("rate", [[`${formatSize(rate)}/s`]], view));
  lines.push(...layOutFacts("timing", [[describeTimings(result)]], view));
  if (sha256 !== undefined) lines.push(...layOutFacts("sha256", [[sha256]], view));
  return lines.join("\n");
}

function describeExchange(result: ProbeResult): Span[][] {
  return [...result.redirects, result].map(
    (exchange): Span[] => {
      const { url, status, reason = "", body, deviations, request, error } = exchange;
      const peer = namePeer(exchange);
      // An error says that there is no answer, and the deviation that caused it.
      const answer = status === undefined ? [] : [escapeText(`${status} ${reason}`.trim())];
      const framing = body === undefined ? [] : [body.framing];
      const parts = [...answer, ...framing].join(", ");
      const unfinished = describeUnfinished(request ? { request } : {});
      const odd = deviations.filter(({ class: kind, message }) =>
        kind !== "info" && !error?.message.includes(message)
      ).map(({ code }) => code);
      return [
        // Nothing follows the URL directly, so that it can be clicked.
        `${escapeText(url)}${peer === undefined ? "" : ` at ${peer}`}${parts === "" ? "" : ` (${parts})`}`,
        odd.length > 0 ? ["warning", `, ${[...new Set(odd)].join(", ")}`] : "",
        unfinished === undefined ? "" : ["warning", `, ${unfinished}`],
      ];
    },
  );
}

/** Formats the phases summed over all requests, and the rest of the total, so that the figures add up. */
function describeTimings({ exchanges, timings: { digest, total } }: DownloadResult): string {
  const hops = exchanges.flatMap((it) => [...it.redirects, it]).map(({ timings }) => timings);
  const sum = (phase: keyof Timings): number | undefined =>
    hops.some((it) => it[phase] !== undefined)
      ? hops.reduce((all, it) => all + (it[phase] ?? 0), 0)
      : undefined;
  const phases = {
    dns: sum("dns"),
    connect: sum("connect"),
    tls: sum("tls"),
    listen: sum("listen"),
    send: sum("send"),
    wait: sum("wait"),
    receive: sum("receive"),
    digest,
  };
  const own = Object.values(phases).reduce<number>((rest, ms) => rest - (ms ?? 0), total);
  const all = { ...phases, "sonde itself": Math.max(0, own), total };
  return Object.entries(all).flatMap(([name, ms]) =>
    ms === undefined ? [] : [`${name} ${formatDuration(ms)}`]
  )
    .join(", ");
}
