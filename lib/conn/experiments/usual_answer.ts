/**
 * Decides whether an answer is the usual one of its resource, or a shortened one in its place.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import type { Answer } from "../answer.ts";

/** An answer comes too early if it takes less than this share of the usual time, … */
const EARLY_PART = 0.5;
/** … and is ahead by at least this many milliseconds. */
const EARLY_LEAD = 100;
/** If the usual lengths vary, an answer differs if it is below this share of the shortest one. */
const SHORT_PART = 0.5;

/** The compared parts of an answer. */
export interface ComparedAnswer {
  readonly status: number;
  /** Octets of content. */
  readonly bytes: number;
  /** Checksum of the content. */
  readonly checksum: string;
  /** Milliseconds until its last octet. */
  readonly ms: number;
}

/**
 * Extracts the compared parts of a complete answer.
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
 * Requests the resource in the ordinary way.
 *
 * @throws {CannotTell} If the request is not answered
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
 * Describes the difference between an answer and all the usual ones, if they allow a comparison.
 *
 * @param usual Answers to ordinary requests before and after it
 * @returns The difference in words; `undefined` if the answer is like the others
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
  // A page that is generated for each request has a different length each time.
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
