/**
 * Checks whether a server still serves, with two ordinary requests and nothing beside them.
 *
 * @module
 */

import { sleep } from "../time/sleep.ts";
import { CannotTell } from "./lab/cannot_tell.ts";
import { Lab } from "./lab/lab.ts";
import { formatMissingAnswer } from "./lab/format_missing_answer.ts";
import type { Site } from "./site.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds before each further try with a server that does not serve, by the permitted wait. */
const PAUSES = { none: [], short: [1_000], long: [1_000, 2_000, 3_000] } as const;

/** The time to wait for a failure to pass. */
export type Wait = keyof typeof PAUSES;

/** Number of ordinary requests that the server has to serve. */
const ASKED = 2;

/** Milliseconds to wait for an answer in all but the last try, and its slowdown compared with the first contact. */
const LEAST = 3_000;
const SLOWER = 3;

/** The server's response to ordinary requests. */
export interface Service {
  readonly up: boolean;
  /** Number of requests that failed before one was served, or before the wait was over. */
  readonly failures: number;
  /** The status of the last failure, if it was an answer. */
  readonly status?: number;
  /** The last failure in words. */
  readonly why?: string;
  /** The status of both answers, if it differs from that of the first contact. */
  readonly changedTo?: number;
}

type Failure = Pick<Service, "status" | "why">;

/** Sends ordinary requests until the server serves them like the first contact. */
export async function checkService(site: Site, wait: Wait): Promise<Service> {
  const { answerMs = 0, settings: { answerTime } } = site;
  const time = Math.max(LEAST, SLOWER * answerMs);
  let failed: Failure | undefined;
  const pauses = [0, ...PAUSES[wait]];
  for (const [failures, pause] of pauses.entries()) {
    await sleep(pause, site.signal);
    if (site.signal?.aborted) return { up: true, failures };
    const last = failures === pauses.length - 1;
    const seen = await ask(site, last ? answerTime : Math.min(answerTime, time));
    if ("changedTo" in seen) {
      const { changedTo } = seen;
      return withoutUndefined({ up: true, failures, ...failed, changedTo });
    }
    failed = seen;
  }
  return { up: false, failures: pauses.length, ...failed };
}

/** Sends two ordinary requests, in case two servers take turns, and two more if the status is new. */
async function ask(site: Site, time: number): Promise<Failure | { readonly changedTo: number | undefined }> {
  const seen = new Set<number>();
  for (let asked = 0; asked < ASKED || (isNew(seen, site.status) && asked < 2 * ASKED); asked++) {
    const answer = await askOnce(site, time);
    if (typeof answer !== "number") return answer;
    seen.add(answer);
  }
  const [changedTo] = isNew(seen, site.status) ? seen : [];
  return { changedTo };
}

/** Tells whether all answers had the same status, and the first contact had another one. */
function isNew(seen: ReadonlySet<number>, first: number | undefined): boolean {
  return first !== undefined && seen.size === 1 && !seen.has(first);
}

/** @returns The status, or a description of the failure */
async function askOnce(site: Site, time: number): Promise<number | Failure> {
  const lab = new Lab(site);
  try {
    await using connection = await lab.open();
    const answer = await connection.ask(site.subject.request(), time);
    const status = answer.response?.status;
    if (status === undefined) {
      return { why: `${formatMissingAnswer(answer)} in answer to an ordinary request` };
    }
    // RFC 9110 §15.6: with these statuses the server fails, whatever the request.
    if (status < 500 || status === site.status) return status;
    const first = site.status === undefined ? "" : `, at first with ${site.status}`;
    return { status, why: `an ordinary request is answered with ${status}${first}` };
  } catch (error) {
    if (error instanceof CannotTell) return { why: error.message };
    throw error;
  } finally {
    lab.close();
  }
}
