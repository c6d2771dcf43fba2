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

/** An answer in a burst, and which request it answers. */
export interface Marked {
  /** Number of the request, from 1, where the answer shows it by itself. */
  readonly request?: number;
  /** The same for the same resource, unless that changes from request to request. */
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

/** Single answers that come faster than this many milliseconds do not show whether they were made one by one. */
const SLOW = 40;
/** Least milliseconds of silence before an end that is an idle timeout: the server waits for requests it has got. */
const IDLE = 1_000;
/** Of the time for a single answer, what has to lie between two answers that are made one by one. */
const SHARE = 0.7;

/**
 * Tells which request an answer belongs to: by the target, when the server repeats it, or by the range.
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

/** Judges a burst by what the same requests gave alone. */
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
 * The requests that one connection takes when they come one by one, where they are fewer than were sent at once.
 *
 * @returns `undefined` where the answers say nothing of a limit
 */
export function findCap(singles: readonly Single[]): number | undefined {
  const last = singles.find(({ persistent }) => !persistent);
  return last !== undefined && last.number > 1 && last.number < singles.length ? last.number : undefined;
}

/** An error where the request alone gives none. */
function isRefusal(status: number, alone: number | undefined): boolean {
  return status >= 400 && status !== alone;
}

function isReordered({ answers }: Burst, singles: readonly Single[]): boolean {
  return answers.some(({ request, signature }, index) => {
    if (request !== undefined) return request !== index + 1 && request <= singles.length;
    const own = singles[index]?.signature;
    if (signature === own) return false;
    // It is the answer to another request, and to no more than one: then it is in the wrong place.
    return singles.filter((single) => single.signature === signature).length === 1 &&
      singles.filter((single) => single.signature === own).length === 1;
  });
}

function isSerialised({ times }: Burst, singles: readonly Single[]): boolean {
  const alone = Math.min(...singles.map(({ ms }) => ms));
  if (alone < SLOW) return false;
  return times.every((at, index) => index === 0 || at - times[index - 1]! >= SHARE * alone);
}
