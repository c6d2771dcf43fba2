/**
 * Makes the error of an exchange that did not complete.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import type { ParsedResponse } from "../http/response.ts";
import type { ResponseReader } from "../http/response_reader.ts";
import type { ReadOutcome } from "../net/connection.ts";
import { classifyError } from "../net/errors/classify_error.ts";
import type { ErrorKind, Phase, ProbeError } from "../result.ts";
import type { ExchangeOptions } from "./exchange.ts";

/** The state in which reading an answer stopped. */
export interface StoppedExchange {
  readonly options: ExchangeOptions;
  readonly response: ParsedResponse | undefined;
  /** The answer was still incomplete, and nothing was wrong. */
  readonly reading: boolean;
  readonly sentAt: number | undefined;
  readonly firstOctetAt: number | undefined;
}

/**
 * Explains why an answer is not complete.
 *
 * @param outcome Outcome of the last read
 * @param expired The limit that expired, if one did
 * @returns `undefined` if the answer is complete
 */
export function explainFailure(
  exchange: StoppedExchange,
  outcome: ReadOutcome | undefined,
  { failure }: Pick<ResponseReader, "failure">,
  expired: ProbeError | undefined,
): ProbeError | undefined {
  const { content, label } = exchange.options;
  const fail = (kind: ErrorKind, phase: Phase, cause: string): ProbeError => ({
    kind,
    phase,
    by: kind === "aborted" ? "local" : "target",
    message: `Cannot read the answer to ${label}: ${cause}`,
  });
  if (content.tooLarge) {
    return fail("limit", "body", `the body has more than ${formatQuantity(content.maxBody, "octet")}`);
  }
  if (exchange.response?.body.complete) return undefined;
  if (failure) {
    const { kind, phase, message, offset } = failure;
    const where = kind === "syntax" || kind === "limit" ? ` (at octet ${offset})` : "";
    return fail(kind, phase, `${message}${where}`);
  }
  const phase = phaseOf(exchange);
  if (!exchange.reading) {
    return fail("closed", phase, "the answer before it ends the use of the connection");
  }
  switch (outcome?.type) {
    case "rst":
      return fail("reset", phase, `the peer reset the connection${progressOf(exchange)}`);
    case "error":
      return classifyError(outcome.error, phase, `read the answer to ${label}`);
    case "closed":
      return expired ?? fail("aborted", phase, "sonde closed the connection");
    default:
      return fail("closed", phase, `the peer closed the connection${progressOf(exchange)}`);
  }
}

/** Explains why a request has no answer: the exchange before it failed, and the connection was lost. */
export function explainFailureBefore(before: ProbeError, label: string): ProbeError {
  const cause = before.message.replace(/^C/, "c");
  const message = `Cannot read the answer to ${label}: the exchange before it failed: ${cause}`;
  return { kind: "closed", phase: "wait", by: before.by, message };
}

function phaseOf({ response, firstOctetAt, sentAt }: StoppedExchange): Phase {
  if (response) return "body";
  if (firstOctetAt !== undefined) return "head";
  return sentAt === undefined ? "send" : "wait";
}

function progressOf({ response, firstOctetAt }: StoppedExchange): string {
  const body = response?.body;
  if (body?.expected !== undefined) {
    return ` after ${formatCount(body.bytes)} of ${formatQuantity(body.expected, "octet")} of content`;
  }
  if (body) return ` after ${formatQuantity(body.bytes, "octet")} of content`;
  return firstOctetAt === undefined ? " before any octet of an answer" : " in the head of the answer";
}
