/**
 * Lists in words what is wrong with a result.
 *
 * @module
 */

import type { ProbeResult } from "../../../result.ts";
import { formatQuantity } from "../../../text/count.ts";
import { escapeMessage, escapeText } from "../../../text/escape/text.ts";
import { type CheckOutcome, describeEndingCertificate } from "../../check_outcome.ts";
import { describeBrokenCheck } from "../../describe_check.ts";
import { describeDisagreement } from "../../text/connection.ts";
import { describeUnfinished } from "../../text/upload.ts";

/**
 * Lists the cause of a failure, the expectations that do not hold, and the contradictions and deviations of the server.
 *
 * @returns Sentences in which text of a server is escaped for a terminal, not for HTML
 */
export function notesOf(result: ProbeResult, check?: CheckOutcome): string[] {
  const { error, checks, connection, newConnection, deviations, tls } = result;
  const broken = checks.filter(({ ok }) => !ok).map((it) => escapeMessage(describeBrokenCheck(it)));
  const unfinished = describeUnfinished(result);
  const contradiction = connection && describeDisagreement(connection, result);
  // The contradiction is the deviation connection-lie in words.
  const codes = [...new Set(deviations.map(({ code }) => code))]
    .filter((code) => code !== "connection-lie" || contradiction === undefined);
  return [
    ...(error === undefined ? [] : [error.message]),
    ...notesOfCheck(check, broken),
    ...broken,
    ...(unfinished === undefined ? [] : [unfinished]),
    ...notesOfTries(result),
    ...(tls?.verifyError === undefined || error !== undefined
      ? []
      : [`certificate: ${escapeText(tls.verifyError)}`]),
    ...(newConnection === undefined ? [] : [`new connection: ${newConnection.message}`]),
    ...(contradiction === undefined ? [] : [`contradiction: ${contradiction}`]),
    ...(codes.length === 0 ? [] : [`deviations: ${codes.join(", ")}`]),
  ];
}

/** Says what came before the result: failed attempts and redirects. */
function notesOfTries({ attempts = [], redirects, url }: ProbeResult): string[] {
  return [
    ...(attempts.length === 0 ? [] : [`after ${formatQuantity(attempts.length, "failed attempt")}`]),
    ...(redirects.length === 0
      ? []
      : [`${formatQuantity(redirects.length, "redirect")}, to ${escapeText(url)}`]),
  ];
}

/** Gives the cause of a verdict, unless the broken expectations say the same. */
function notesOfCheck(check: CheckOutcome | undefined, broken: readonly string[]): string[] {
  if (check === undefined) return [];
  const { cause, certificate, excluded } = check;
  const escaped = cause === null ? "" : escapeMessage(cause);
  return [
    ...(excluded === undefined ? [] : ["in maintenance"]),
    ...(escaped === "" || broken.join(", ") === escaped ? [] : [escaped]),
    ...(certificate === undefined ? [] : [escapeText(describeEndingCertificate(certificate))]),
  ];
}
