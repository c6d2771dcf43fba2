/**
 * Formats a result as text for people.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ProbeResult } from "../result.ts";
import { formatDuration } from "../text/duration.ts";
import { layOut, layOutFacts, type View } from "../text/layout.ts";
import { type Paint, plain } from "../text/paint.ts";
import { layOutBody, layOutContent } from "./text/body.ts";
import { layOutChain } from "./text/chain.ts";
import { layOutConnection } from "./text/connection.ts";
import { layOutDeviations } from "./text/deviations.ts";
import { layOutChecks, layOutError } from "./text/error.ts";
import { layOutHead } from "./text/head.ts";
import { layOutRequest } from "./text/request.ts";
import { layOutSent } from "./text/sent.ts";
import { layOutTimings } from "./text/timing.ts";
import { layOutTls } from "./text/tls.ts";

/** Narrower lines cannot hold a label and a fact, so the text never gets narrower. */
const NARROWEST = 20;

/** The look of a result. */
export interface TextOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /** Largest width of a line in columns, at least 20; `Infinity` breaks no line. @default 80 */
  readonly width?: number | undefined;
  /** Shows redirect hops whole, every deviation, and all facts of certificate and connection. @default false */
  readonly verbose?: boolean | undefined;
}

/** The names of {@linkcode TextOptions}. */
export const TEXT_OPTION_NAMES = {
  paint: true,
  width: true,
  verbose: true,
} as const satisfies OptionNames<TextOptions>;

/** Joins the paragraphs that are not empty, with an empty line between them. */
function joinParagraphs(paragraphs: readonly (readonly string[])[]): string[] {
  return paragraphs.filter((lines) => lines.length > 0).flatMap((lines, index) =>
    index === 0 ? lines : ["", ...lines]
  );
}

function layOutHop(hop: ProbeResult, view: View): string[] {
  if (view.verbose) return layOutResult(hop, view);
  const location = (hop.headers ?? []).filter(([name]) => name.toLowerCase() === "location");
  const total = formatDuration(hop.timings.total);
  return [
    ...layOutRequest(hop, view),
    ...layOutHead({ ...hop, headers: location, interim: [] }, view),
    ...layOutFacts("timing", [[`total ${total}`]], view),
  ];
}

function layOutResult(result: ProbeResult, view: View): string[] {
  const hops = result.redirects.map((hop, index) => [
    ...layOut([["dim", `redirect ${index + 1} of ${result.redirects.length}`]], view),
    // Only the first hop has an input; the others come from the Location of the previous hop.
    ...layOutHop(index === 0 ? hop : { ...hop, input: hop.url }, view),
  ]);
  return joinParagraphs([
    ...hops,
    layOutRequest(result, view),
    layOutSent(result, view),
    layOutError(result, view),
    layOutHead(result, view),
    layOutContent(result, view),
    [
      ...layOutBody(result, view),
      ...layOutConnection(result, view),
      ...layOutTls(result, view),
      ...layOutChecks(result, view),
    ],
    [...layOutTimings(result, view), ...layOutChain(result, view)],
    layOutDeviations(result, view),
  ]);
}

/**
 * Formats everything that a probe saw as text for people: request, earlier hops, error, heads in wire order,
 * framing, connection, certificate, a waterfall of the phases, deviations. It does not shorten any evidence,
 * and wraps long values. Control, invisible and direction-changing characters of the peer are escaped.
 *
 * @returns Lines joined by LF, without one at the end
 *
 * @example Usage
 * ```ts
 * import { formatResult, type ProbeResult } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const result: ProbeResult = {
 *   schema: 1,
 *   input: "http://localhost/",
 *   url: "http://localhost/",
 *   method: "GET",
 *   startedAt: "2026-03-01T12:00:00.000Z",
 *   ok: true,
 *   status: 204,
 *   reason: "No Content",
 *   version: "1.1",
 *   interim: [],
 *   deviations: [],
 *   timings: { total: 1.5 },
 *   redirects: [],
 *   checks: [],
 * };
 * assert(formatResult(result).includes("HTTP/1.1 204 No Content"));
 * ```
 */
export function formatResult(result: ProbeResult, options: TextOptions = {}): string {
  checkOptions(options, TEXT_OPTION_NAMES);
  const { paint = plain, width = 80, verbose = false } = options;
  const view = { width: Math.max(NARROWEST, width), paint, verbose };
  return layOutResult(result, view).join("\n");
}
