/**
 * Judges the answers to pipelined requests.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import type { ParsedResponse } from "../../http/response.ts";
import type { Content } from "../lab/content.ts";

/** Outcomes of the experiment `pipelining`. */
export type PipeliningOutcome =
  | "full"
  | "serialised"
  | "first-only"
  | "closed"
  | "refused"
  | "reordered"
  | "mixed";

/** The answer to one of the requests when it is sent alone. */
export interface Single {
  readonly status: number;
  readonly signature: string;
  readonly persistent: boolean;
  /** Number of the request on its connection, from 1. */
  readonly number: number;
  /** Milliseconds from the request to the first octet. */
  readonly ms: number;
}

/** An answer in a burst, with the request that it answers. */
export interface Marked {
  /** Number of the request, from 1, if the answer itself reveals it. */
  readonly request?: number;
  /** Checksum of the content: equal for the same resource, unless that changes from request to request. */
  readonly signature: string;
}

/** The answers to requests that were sent at once. */
export interface Burst {
  readonly answers: readonly (Marked & { readonly status: number; readonly persistent: boolean })[];
  /** Milliseconds from the first write to the head of each answer. */
  readonly times: readonly number[];
  /** The peer's end of the connection. */
  readonly end: string | undefined;
  /** Milliseconds from the last octet to that end. */
  readonly endAfter?: number;
  readonly malformed: boolean;
  readonly surplus: number;
}

/** If single answers take fewer milliseconds, their times do not show whether the server made them one by one. */
const SLOW = 40;
/**
 * Minimum milliseconds of silence before an idle timeout: the server behaves as if it had received no more requests.
 */
const IDLE = 1_000;
/** Minimum time between two answers made one by one, as a share of the time for a single answer. */
const SHARE = 0.7;

/**
 * Finds the request that an answer belongs to: by the target, if the server repeats it, or by the range.
 *
 * @param content The content of the answer
 */
export function markAnswer(response: ParsedResponse, content: Content | undefined): Marked {
  const text = response.headers.map(([, value]) => value).join("\n") + "\n" + (content?.beginning ?? "");
  const echoed = new Set([...text.matchAll(/pipelined-([0-9]+)x/g)].map(([, number]) => Number(number)));
  const [, last] = /^bytes 0-([0-9]+)\//.exec(fieldValues(response.headers, "content-range")[0] ?? "") ?? [];
  const signature = `${response.status} ${response.body.framing} ${content?.checksum ?? "0"}`;
  const [only] = echoed;
  if (echoed.size === 1 && only !== undefined) return { request: only, signature };
  return response.status === 206 && last !== undefined
    ? { request: Number(last) + 1, signature }
    : { signature };
}

/** Judges a burst by comparing it with the single answers to the same requests. */
export function judgeBurst(burst: Burst, singles: readonly Single[]): PipeliningOutcome {
  const { answers, end, malformed } = burst;
  if (isReordered(burst, singles)) return "reordered";
  const [first] = answers;
  if (!first || isRefusal(first.status, singles[0]?.status)) return "refused";
  if (answers.length < singles.length) {
    if (malformed) return "refused";
    const closed = end !== undefined && (burst.endAfter ?? 0) < IDLE;
    if (closed || !answers.at(-1)!.persistent) return "closed";
    return answers.length === 1 ? "first-only" : "mixed";
  }
  return isSerialised(burst, singles) ? "serialised" : "full";
}

/**
 * Gives the number of requests that one connection accepts one by one, if that is fewer than the burst.
 *
 * @returns `undefined` if the answers show no limit
 */
export function findCap(singles: readonly Single[]): number | undefined {
  const last = singles.find(({ persistent }) => !persistent);
  return last !== undefined && last.number > 1 && last.number < singles.length ? last.number : undefined;
}

/** Tells whether an answer is an error although the request alone gets none. */
function isRefusal(status: number, alone: number | undefined): boolean {
  return status >= 400 && status !== alone;
}

function isReordered({ answers }: Burst, singles: readonly Single[]): boolean {
  return answers.some(({ request, signature }, index) => {
    if (request !== undefined) return request !== index + 1 && request <= singles.length;
    const own = singles[index]?.signature;
    if (signature === own) return false;
    // It is the answer to exactly one other request, so it is in the wrong place.
    return singles.filter((single) => single.signature === signature).length === 1 &&
      singles.filter((single) => single.signature === own).length === 1;
  });
}

function isSerialised({ times }: Burst, singles: readonly Single[]): boolean {
  const alone = Math.min(...singles.map(({ ms }) => ms));
  if (alone < SLOW) return false;
  return times.every((at, index) => index === 0 || at - times[index - 1]! >= SHARE * alone);
}
