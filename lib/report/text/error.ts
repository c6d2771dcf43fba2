/**
 * Lays out the error of an exchange, and the expectations that do not hold.
 *
 * @module
 */

import type { Fault, Phase, ProbeResult } from "../../result.ts";
import { escapeText } from "../../text/escape/text.ts";
import { describeActual } from "../describe_check.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";

/** Each phase of an exchange in words. */
export const PHASES: Readonly<Record<Phase, string>> = {
  dns: "while looking up the name",
  connect: "while connecting",
  tls: "in the TLS handshake",
  send: "while sending the request",
  wait: "while waiting for the first octet",
  head: "while reading the head",
  body: "while reading the body",
};

/** Each party at fault in words. */
export const FAULTS: Readonly<Record<Fault, string>> = {
  target: "fault of the target",
  network: "fault of the network",
  local: "local fault: it says nothing about the target",
};

/** An error, and the parts of a result of which its message repeats something. */
type ErrorContext = Pick<ProbeResult, "error"> & Partial<Pick<ProbeResult, "method" | "url" | "deviations">>;

/**
 * Shortens a message for text that shows the request, and the offset of each deviation: the message repeats both, since it
 * must be understood alone.
 */
export function shortenMessage(
  message: string,
  { method, url, deviations = [] }: Omit<ErrorContext, "error">,
): string {
  const request = `${method} ${url}`;
  const short = message.replace(` to ${request}`, "").replace(` of ${request}`, "")
    .replace(request, "the request");
  const place = deviations.map(({ offset }) => ` (at octet ${offset})`).find((it) => short.endsWith(it));
  return place === undefined ? short : short.slice(0, -place.length);
}

/**
 * Lays out the error: kind and whose fault it was, with the message below, which tells the phase. Gives no lines if there
 * is no error.
 */
export function layOutError(context: ErrorContext, view: View): string[] {
  const { error } = context;
  if (error === undefined) return [];
  const style = error.by === "local" ? "warning" : "bad";
  const title = error.by === "local" ? "NOT MEASURED" : "FAILED";
  return [
    ...layOut(
      [[style, `${title}: ${error.kind}`], ` (${FAULTS[error.by]})`],
      view,
    ),
    ...layOut([shortenMessage(error.message, context)], view, { first: 2, rest: 2 }),
    ...layOutAdvice(error, view),
  ];
}

/** Lays out the next step after an error that one flag answers. */
export function layOutAdvice(
  { kind, message }: { readonly kind: string; readonly message: string },
  view: View,
): string[] {
  const advice = adviceOn(kind, message);
  return advice === undefined ? [] : layOut([["dim", advice]], view, { first: 2, rest: 2 });
}

function adviceOn(kind: string, message: string): string | undefined {
  if (kind === "certificate") {
    const trust = UNKNOWN_ISSUER.test(message) ? "--cacert FILE trusts its issuer, and " : "";
    return `${trust}-k accepts any certificate`;
  }
  if (kind !== "limit") return undefined;
  if (message.includes("the body has more than")) return "--max-body SIZE sets another limit";
  return message.includes("A head of more than") ? "--max-head SIZE sets another limit" : undefined;
}

/** Matches the causes that a certificate of the issuer may remove. */
const UNKNOWN_ISSUER = /is not known and|is self-signed|root that is not trusted/;

/** Lays out the expectations. Each one that does not hold has the found value beside it. */
export function layOutChecks({ checks }: Pick<ProbeResult, "checks">, view: View): string[] {
  const facts = checks.map((check): Span[] => {
    const { expect, ok, advice } = check;
    if (ok) return [["good", "ok"], `  ${escapeText(expect)}`];
    const verdict: Span = advice === undefined ? ["bad", "NO"] : ["warning", "??"];
    return [verdict, `  ${escapeText(expect)}`, ["dim", `, ${describeActual(check)}`]];
  });
  return layOutFacts("expected", facts, view);
}
