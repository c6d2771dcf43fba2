/**
 * Tells whether an answer is the usual one of its resource, or a shortened one in its place.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import type { Answer } from "../answer.ts";

/** An answer comes far earlier than the usual ones where it takes less than this part of their time, … */
const EARLY_PART = 0.5;
/** … and is ahead of them by at least so many milliseconds. */
const EARLY_LEAD = 100;
/** Where the usual lengths vary, an answer is another one below this part of the shortest. */
const SHORT_PART = 0.5;

/** The parts of an answer that are compared. */
export interface ComparedAnswer {
  readonly status: number;
  /** Octets of content. */
  readonly bytes: number;
  /** The same for the same content. */
  readonly checksum: string;
  /** Milliseconds until its last octet. */
  readonly ms: number;
}

/**
 * Takes what is compared of an answer that is complete.
 *
 * @param since `performance.now()` from which its time counts
 */
export function compareAnswer(
  connection: LabConnection,
  answer: Answer,
  since: number,
): ComparedAnswer | undefined {
  const { response, lastOctetAt } = answer;
  if (answer.type !== "answered" || !response || lastOctetAt === undefined) return undefined;
  return {
    status: response.status,
    bytes: response.body.bytes,
    checksum: connection.contents.get(response)?.checksum ?? "",
    ms: Math.max(0, lastOctetAt - since),
  };
}

/**
 * Asks for the resource in the ordinary way.
 *
 * @throws {CannotTell} If that is not answered
 */
export async function askUsual(lab: Lab, requestTarget: string | undefined): Promise<ComparedAnswer> {
  await using connection = await lab.open();
  const request = lab.subject.request(requestTarget === undefined ? {} : { requestTarget });
  const answer = await lab.mustAsk(connection, request);
  const compared = compareAnswer(connection, answer, answer.startedAt);
  if (!compared) throw new CannotTell("an ordinary answer could not be read");
  return compared;
}

/**
 * Names the difference between an answer and all the usual ones, if these allow a comparison.
 *
 * @param usual Answers to ordinary requests before and after it
 * @returns In words; `undefined` if it is one like the others
 */
export function differsFromUsual(
  seen: ComparedAnswer,
  usual: readonly ComparedAnswer[],
): string | undefined {
  const statuses = new Set(usual.map(({ status }) => status));
  if (!statuses.has(seen.status)) return `${seen.status} in place of ${[...statuses].join(" or ")}`;
  return differentContent(seen, usual) ?? farEarlier(seen, usual);
}

function differentContent(seen: ComparedAnswer, usual: readonly ComparedAnswer[]): string | undefined {
  const lengths = usual.map(({ bytes }) => bytes);
  const least = Math.min(...lengths);
  // A page that is made anew for each request has another length each time.
  const steady = least === Math.max(...lengths);
  if (steady ? seen.bytes !== least : seen.bytes < SHORT_PART * least) {
    const most = Math.max(...lengths);
    return `${formatQuantity(seen.bytes, "octet")} in place of ${steady ? least : `${least} to ${most}`}`;
  }
  const contents = new Set(usual.map(({ checksum }) => checksum));
  const other = contents.size === 1 && !contents.has(seen.checksum);
  return other ? `other content of ${formatQuantity(seen.bytes, "octet")}` : undefined;
}

function farEarlier(seen: ComparedAnswer, usual: readonly ComparedAnswer[]): string | undefined {
  const quickest = Math.min(...usual.map(({ ms }) => ms));
  const early = seen.ms < EARLY_PART * quickest && quickest - seen.ms >= EARLY_LEAD;
  return early
    ? `after ${formatDuration(seen.ms)}, where it takes ${formatDuration(quickest)} or more otherwise`
    : undefined;
}
