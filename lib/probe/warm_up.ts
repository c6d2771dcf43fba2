/**
 * Warms up the process. In its first probe, V8 compiles and Deno loads code, so that probe would look slower than later
 * ones. That time is our own, so it is spent before any clock starts, on exchanges with this process itself.
 *
 * @module
 */

import { encodeLatin1 } from "../http/octets.ts";
import { LagMeter } from "../time/lag.ts";
import type { Connection } from "../net/connection.ts";
import { Deadline } from "../net/deadline.ts";
import { dial } from "../net/dial/dial.ts";
import { connectInMemory, withConnectionToSelf } from "../net/rehearsal.ts";
import type { SettledTarget } from "../target/target.ts";
import { ContentSink } from "./content_sink.ts";
import { describeExchange } from "./describe.ts";
import { ExchangeRun } from "./exchange_run.ts";
import { HttpConnection } from "./http_connection.ts";

const REQUEST = "GET / HTTP/1.1\r\n\r\n";
const ANSWER =
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok";

/** Bytes of short-lived objects that fill V8's young generation once: collecting it takes most of a millisecond. */
const YOUNG_GENERATION = 1 << 20;

/** Exchanges with this process itself: after just one, a connect still takes three times as long as later ones. */
const ROUNDS = 2;

let warm: Promise<void> | undefined;

/**
 * Makes an exchange with this process itself if connecting to 127.0.0.1 is permitted, and otherwise one in memory; once
 * per process.
 */
export function warmUp(target: SettledTarget): Promise<void> {
  return warm ??= rehearse(target);
}

async function rehearse(target: SettledTarget): Promise<void> {
  using over = new Deadline({ maxTime: 0 });
  await dial({ host: "127.0.0.1", port: 1 }, over);
  const answer = encodeLatin1(ANSWER);
  let rounds = 0;
  while (
    rounds < ROUNDS && await withConnectionToSelf(answer, (connection) => exchange(target, connection))
  ) rounds++;
  if (rounds === 0) await exchange(target, connectInMemory(answer));
  collectGarbage();
}

/** Triggers a garbage collection that is due and would otherwise fall into the first probe. */
function collectGarbage(): void {
  let made: number[] = [];
  for (let octets = 0; octets < YOUNG_GENERATION; octets += 8 * made.length) {
    made = new Array(2048).fill(octets);
  }
}

async function exchange(target: SettledTarget, connection: Connection): Promise<void> {
  using lag = new LagMeter();
  const startedAt = performance.now();
  using deadline = new Deadline({ maxTime: 1_000, since: startedAt, lag });
  using http = new HttpConnection(connection);
  const request = { method: "GET", bytes: encodeLatin1(REQUEST), upgrade: false };
  const settings = { label: "", content: new ContentSink() };
  const exchange = await new ExchangeRun(http, request, deadline, settings).finish();
  const begin = { target, method: "GET", wallClock: Date.now(), startedAt };
  describeExchange(begin, { http, exchange, lag: lag.facts });
}
