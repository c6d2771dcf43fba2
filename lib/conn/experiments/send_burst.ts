/**
 * Sends requests without waiting for the answers.
 *
 * @module
 */

import { joinOctets } from "../../http/octets.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { type Burst, markAnswer, type Single } from "./judge_pipelining.ts";

/** Milliseconds for the next answer, in addition to the time of a single one. */
export const MIN_WAIT_MS = 3_000;
/** Milliseconds between two writes, enough to send each in its own segment. */
export const GAP = 5;
/** Milliseconds in which surplus answers, or an end, appear. */
export const SETTLE = 60;

/**
 * Sends all requests on a new connection, in one write or in separate writes, and reads as long as answers come.
 *
 * @param singles Answers to the single requests
 * @throws {CannotTell} If no connection can be opened
 */
export async function sendBurst(
  lab: Lab,
  requests: readonly ComposedRequest[],
  singles: readonly Single[],
  separately: boolean,
): Promise<Burst> {
  await using connection = await lab.open();
  const headTimes: number[] = [];
  connection.onReceive = (_, at) => {
    while (headTimes.length < connection.reader.responses.length) headTimes.push(at);
  };
  const startedAt = performance.now();
  if (separately) await writeSeparately(connection, requests);
  else connection.send(joinOctets(requests.map(({ bytes }) => bytes)), ...requests);
  const waitMs = MIN_WAIT_MS + 2 * Math.max(...singles.map(({ ms }) => ms));
  const complete = (): number => connection.reader.responses.filter(({ body }) => body.complete).length;
  let before = -1;
  // As long as answers come, more may come.
  while (before < complete() && complete() < requests.length) {
    before = complete();
    if (await connection.wait(waitMs, () => complete() > before) !== "met") break;
  }
  await connection.wait(SETTLE);
  const answers = connection.reader.responses.filter(({ body }) => body.complete);
  return {
    answers: answers.map((response) => ({
      ...markAnswer(response, connection.contents.get(response)),
      status: response.status,
      persistent: response.persistent === true,
    })),
    times: headTimes.map((at) => at - startedAt),
    end: connection.endedByPeer ? connection.end!.how : undefined,
    ...(connection.endedByPeer && { endAfter: connection.end!.at - (connection.lastOctetAt ?? startedAt) }),
    malformed: connection.reader.failure?.kind === "syntax",
    surplus: connection.surplusBytes,
  };
}

async function writeSeparately(
  connection: LabConnection,
  requests: readonly ComposedRequest[],
): Promise<void> {
  // The reader learns of all requests first: an answer may end the use of the connection while the next request is
  // being sent.
  for (const request of requests) connection.reader.expect(request);
  for (const [index, { bytes }] of requests.entries()) {
    if (index > 0) await connection.wait(GAP);
    if (connection.end) return;
    connection.send(bytes);
  }
}
