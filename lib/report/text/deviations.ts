/**
 * Lays out the deviations of a response, grouped by code.
 *
 * @module
 */

import type { Deviation, ProbeResult } from "../../result.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import type { Style } from "../../text/paint.ts";
import { describeDisagreement, isSurplus } from "./connection.ts";

const STYLES: Readonly<Record<Deviation["class"], Style>> = {
  fatal: "bad",
  sender: "warning",
  tolerated: "warning",
  info: "dim",
};
/** The classes, the worst first. */
const ORDER: readonly Deviation["class"][] = ["fatal", "sender", "tolerated", "info"];

function groupByCode(deviations: readonly Deviation[]): [Deviation, ...Deviation[]][] {
  const groups = new Map<string, [Deviation, ...Deviation[]]>();
  for (const deviation of deviations) {
    const group = groups.get(deviation.code);
    if (group === undefined) groups.set(deviation.code, [deviation]);
    else group.push(deviation);
  }
  return [...groups.values()].sort(([a], [b]) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class));
}

/** Counts all places of the deviations, although a result keeps only the first places of a frequent one. */
export function countDeviations(deviations: readonly Deviation[]): number {
  return deviations.reduce((sum, { count = 1 }) => sum + count, 0);
}

/** The parts of a result that say facts of deviations, too. */
export interface DeviationContext extends Pick<ProbeResult, "deviations" | "connection" | "body"> {
  readonly error?: { readonly message: string } | undefined;
  /** Octets after the end of the response. @default those of the connection */
  readonly surplusBytes?: number | undefined;
}

/** Names the place above where the text says the same, so that a deviation does not repeat it. */
function findPlace({ code, message }: Deviation, context: DeviationContext): string | undefined {
  const { error, connection, body } = context;
  if (error?.message.includes(message)) return "see the error above";
  if (isEarly(context) && code === "excess-data") return "see listened above";
  if (
    error === undefined && code === "connection-lie" && connection &&
    describeDisagreement(connection) !== undefined
  ) {
    return "see connection above";
  }
  if (code === "tls-truncated" && connection?.end.how === "tls-truncated") return "see connection above";
  return code === "trailers" && body !== undefined && body.trailers.length > 0
    ? "see trailers above"
    : undefined;
}

/** Tells whether octets came while sonde was listening, so that it sent no request. */
function isEarly({ connection }: DeviationContext): boolean {
  return connection?.requestNumber === 0;
}

/** Describes a deviation, or refers to the place that describes it. */
function describe(deviation: Deviation, context: DeviationContext): string {
  const { surplusBytes = context.connection?.surplusBytes ?? 0 } = context;
  const place = findPlace(deviation, context);
  if (place !== undefined) return place;
  return isSurplus(deviation) && surplusBytes > 0
    ? `${formatQuantity(surplusBytes, "octet")} came after the end of the response`
    : deviation.message;
}

function layOutGroup(
  group: readonly [Deviation, ...Deviation[]],
  view: View,
  context: DeviationContext,
): string[] {
  const [first] = group;
  const count = countDeviations(group);
  const title: Span[] = [[STYLES[first.class], first.code]];
  if (count > 1) title.push(` ×${formatCount(count)}`);
  title.push([
    "dim",
    `  ${first.class}, ${count > 1 ? "first at" : "at"} octet ${formatCount(first.offset)}, ${first.rfc}`,
  ]);
  const lines = layOut(title, view, { first: 2, rest: 4 });
  const shown = view.verbose ? group : [first];
  for (const deviation of shown) {
    const place: Span = ["dim", shown.length > 1 ? `at octet ${formatCount(deviation.offset)}: ` : ""];
    lines.push(...layOut([place, describe(deviation, context)], view, { first: 4, rest: 4 }));
    if (deviation.excerpt !== undefined && !(isEarly(context) && isSurplus(deviation))) {
      // The verdict about another protocol needs only its first octets.
      const more = deviation.code === "not-http" ? "…" : "";
      lines.push(
        ...layOut([["dim", `${deviation.excerpt}${more}`]], view, { first: 6, rest: 6, keepBlanks: true }),
      );
    }
  }
  return lines;
}

/**
 * Lays out the deviations: one group for each code with count, first offset, class and rule; every place if
 * verbose. A fact that the text above says already is not repeated.
 */
export function layOutDeviations(context: DeviationContext, view: View): string[] {
  const { deviations } = context;
  if (deviations.length === 0) return [];
  return [
    ...layOut(
      [["heading", "deviations"], ` (${formatQuantity(countDeviations(deviations), "finding")})`],
      view,
    ),
    ...groupByCode(deviations).flatMap((group) => layOutGroup(group, view, context)),
  ];
}
