/**
 * Measures how long one idle connection lives.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { decodeLatin1 } from "../../http/octets.ts";
import { LagMeter } from "../../time/lag.ts";
import { sleep } from "../../time/sleep.ts";
import { answeredBy } from "../lab/answered_by.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab } from "../lab/lab.ts";
import { formatLoss } from "../lab/format_end.ts";
import { ASKING, findLoss, type Loss } from "./after_silence.ts";
import { AT_ONCE } from "./late_end.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Maximum delay of our own clock, in milliseconds; with more, the measurement is repeated. */
const DOUBTFUL = 150;

/** Milliseconds before the end in which a delay of our clock counts. */
const MEMORY = 500;

/** The measurement of one connection. */
export interface IdleSample {
  /** Milliseconds of silence. */
  readonly ms: number;
  /** `performance.now()` at the end. */
  readonly endedAt: number;
  /** Milliseconds that the answer took; the server may have started counting that much earlier. */
  readonly answerMs: number;
  readonly address: string;
  /** `Server` and `Via` of the answer on this connection. */
  readonly answeredBy: readonly string[];
  /** The end; absent if the connection was still open. */
  readonly how?: string;
  /** For `close-notify`: whether FIN followed before the end of the watch. */
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
  /** The event instead of an answer after the silence, if the connection had seemed open. */
  readonly loss?: Loss;
  /** Seconds that the head announced. */
  readonly announced?: number;
  /** Unrequested octets before the end. */
  readonly surplus: number;
  /** Status of those octets, if they are an answer. */
  readonly unasked?: number;
  /** Milliseconds by which our own clock may have been late. */
  readonly lag: number;
  /** True if the server kept the connection after the answer. */
  readonly kept: boolean;
}

/**
 * Watches a connection until it ends or the limit is reached. If our clock was late at the end, watches a second one.
 *
 * @param number Number of the sample, from 0; the addresses of a name take turns
 * @param delay Milliseconds before the sample begins
 * @throws {CannotTell} If the sample cannot be measured
 */
export async function sampleIdle(lab: Lab, number: number, delay: number): Promise<IdleSample> {
  await sleep(delay, lab.site.signal);
  const first = await takeSample(lab, number);
  if (first.how === undefined || first.lag < DOUBTFUL) return first;
  const second = await takeSample(lab, number);
  if (second.how === undefined || second.lag < DOUBTFUL) return second;
  throw new CannotTell(`this machine is too busy: its clock was late by ${formatDuration(second.lag)}`);
}

async function takeSample(lab: Lab, number: number): Promise<IdleSample> {
  // Otherwise the impatience of a single address would stay hidden.
  const { addresses } = lab.site;
  const address = addresses.length > 1 ? addresses[number % addresses.length] : undefined;
  await using connection = await lab.open(address === undefined ? {} : { address });
  using lag = new LagMeter();
  const { response, startedAt } = await lab.mustAsk(connection, lab.subject.request({ headers: ASKING }));
  const { idleLimit } = lab.settings;
  const answeredAt = connection.lastOctetAt!;
  const spent = performance.now() - answeredAt;
  // The time after an answer that announces the end does not count as idle.
  const promised = response.persistent === true && response.announced.max !== 0;
  let unasked: number | undefined;
  connection.onReceive = (bytes) => unasked ??= statusOf(bytes);
  if (promised) await connection.wait(Math.max(0, idleLimit - spent), () => connection.end !== undefined);
  const recent = lag.worstSince(performance.now() - MEMORY);
  // Over TLS, FIN may come later than the end of TLS, or not at all.
  if (connection.end) await connection.wait(Math.max(0, idleLimit - (performance.now() - answeredAt)));
  const reusable = await connection.ready();
  const { end } = connection;
  if (end && !connection.endedByPeer) throw new CannotTell(formatLoss(end));
  const { timeout } = response.announced;
  const endedAt = end?.at ?? performance.now();
  const ms = endedAt - answeredAt;
  const { surplusBytes: surplus } = connection;
  connection.onReceive = undefined;
  const loss = promised && reusable ? await findLoss(lab, connection, answeredAt - startedAt) : undefined;
  return withoutUndefined({
    ms,
    endedAt,
    answerMs: answeredAt - startedAt,
    address: connection.peer.address,
    answeredBy: answeredBy(response.headers),
    how: end?.how,
    fin: end?.fin,
    finAfter: end?.finAfter,
    loss,
    announced: timeout,
    surplus,
    unasked,
    lag: recent,
    kept: promised && !(end && ms <= AT_ONCE),
  });
}

/** Gives the status of an unrequested answer, such as the 408 with which some servers announce the end. */
function statusOf(bytes: Uint8Array): number | undefined {
  const [, status] = /^HTTP\/1\.[01] ([1-5][0-9]{2}) /.exec(decodeLatin1(bytes.subarray(0, 16))) ?? [];
  return status === undefined ? undefined : Number(status);
}
