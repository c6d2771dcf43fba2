/**
 * Judges the answer of a receiver by HTTP.
 *
 * @module
 */

import { parseRetryAfter } from "../../conn/rate_limit.ts";
import type { FieldLine } from "../../http/field_line.ts";
import { fieldValues } from "../../http/field_list.ts";
import { causeIn, excerpt, parseJsonObject } from "./answer_text.ts";
import type { ServiceFault } from "./services/service.ts";

/** The way in which a delivery failed. */
export type FailureKind =
  /** The receiver will never take this notice. */
  | "refused"
  /** This notice was not taken; other notices may be. */
  | "failed"
  /** The receiver cannot be reached, with this notice or any other. */
  | "unreachable"
  /** The receiver asks to wait with all notices. */
  | "limited";

/** The failure of a delivery. */
export interface NotifyFailure {
  readonly kind: FailureKind;
  /** Cause in words. */
  readonly error: string;
  /** Milliseconds that the receiver asks to wait. */
  readonly retryAfter?: number | undefined;
}

/** The parts of an answer that decide. */
export interface JudgedAnswer {
  readonly status: number;
  readonly headers: readonly FieldLine[];
  readonly text: string;
  /** The fault that the service finds in the answer. */
  readonly fault?: ServiceFault | undefined;
}

/** Statuses of 400 to 499 after which another try may succeed: timeout, too early, too many requests. */
const TEMPORARY = [408, 425, 429];

/** Permanent redirects: the URL in the task file is out of date. */
const MOVED = [301, 308];

/**
 * Judges an answer.
 *
 * @returns `undefined` if the receiver took the notice
 */
export function judgeAnswer(answer: JudgedAnswer): NotifyFailure | undefined {
  const { status: received, fault, text, headers } = answer;
  const status = fault?.status ?? received;
  if (status >= 200 && status < 300) return undefined;
  const retryAfter = fault?.retryAfter ?? parseRetryAfter(headers, Date.now()) ?? waitIn(text);
  return { kind: kindOf(status, retryAfter), error: describe(answer), retryAfter };
}

function kindOf(status: number, retryAfter: number | undefined): FailureKind {
  if (MOVED.includes(status)) return "refused";
  if (status >= 400 && status < 500 && !TEMPORARY.includes(status)) return "refused";
  return status === 429 || status >= 500 && retryAfter !== undefined ? "limited" : "failed";
}

function describe({ status, headers, text, fault }: JudgedAnswer): string {
  const location = status >= 300 && status < 400 ? fieldValues(headers, "location")[0] : undefined;
  if (location !== undefined) {
    return `the answer was ${status}, which leads to ${excerpt(location)}; sonde does not follow it`;
  }
  const cause = fault === undefined ? causeIn(text) : excerpt(fault.cause);
  const verb = status < 300 ? `the answer ${status} says` : `the answer was ${status}`;
  return cause === "" ? `the answer was ${status}` : `${verb}: ${cause}`;
}

/** Reads the seconds that some services name in their content. */
function waitIn(text: string): number | undefined {
  const { retry_after: seconds } = parseJsonObject(text);
  return typeof seconds === "number" && seconds >= 0 ? seconds * 1000 : undefined;
}
