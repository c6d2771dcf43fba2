/**
 * The facts about a result that a row gives beside its columns.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";
import { escapeMessage, escapeText } from "../text/escape/text.ts";
import { formatQuantity } from "../text/count.ts";
import { describeBrokenCheck } from "./describe_check.ts";
import { describeUnfinished } from "./text/upload.ts";

/** Most expectations that a row names. */
const MOST_CHECKS = 3;

/** One fact, escaped. */
export interface RowNote {
  readonly text: string;
  /** A URL after the text, which stays whole. */
  readonly url?: string | undefined;
}

/** Gives the cause of a failure, and other facts that a reader must not miss. */
export function notesOf(result: ProbeResult): RowNote[] {
  const { redirects, url } = result;
  const cause = causeOf(result);
  return [
    ...(redirects.length === 0 ? [] : [{ text: "redirected to", url: escapeText(url) }]),
    // An interrupted probe has no other cause than its kind, which the row shows already.
    ...(cause === undefined || cause === result.error?.kind ? [] : [{ text: cause }]),
  ];
}

/** Gives the reason why a result is not ok, or another fact about its measurement; `undefined` if there is none. */
export function causeOf(result: ProbeResult): string | undefined {
  const { error, newConnection } = result;
  if (error !== undefined) return shortMessage(error);
  return describeUnmet(result) ?? describeUnfinished(result) ??
    (newConnection && `new connection: ${escapeMessage(newConnection.message)}`);
}

function describeUnmet({ checks }: ProbeResult): string | undefined {
  const unmet = checks.filter(({ ok }) => !ok);
  if (unmet.length === 0) return undefined;
  const more = unmet.length - MOST_CHECKS;
  return [
    ...unmet.slice(0, MOST_CHECKS).map((check) => escapeMessage(describeBrokenCheck(check))),
    ...(more > 0 ? [`${formatQuantity(more, "more expectation")} unmet`] : []),
  ].join("; ");
}

/** Matches "Cannot read the answer to GET http://…: ", and a quoted text in front of the first colon. */
const ATTEMPT = /^(line \d+: )?Cannot (?:[^":]*"(?:\\.|[^"\\])*"[^":]*|(?![^":]*").*?): /;

/** Keeps only the cause of a message, since the columns show the rest. */
function shortMessage({ message }: Pick<ProbeError, "message">): string {
  return escapeMessage(withoutAttempt(message));
}

/** Removes "Cannot connect to 127.0.0.1:8081: " in front of the cause. */
export function withoutAttempt(message: string): string {
  return message.replace(ATTEMPT, "$1");
}
