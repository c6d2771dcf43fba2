/**
 * Collects the exchanges of one experiment, where they were asked for.
 *
 * @module
 */

import type { DialOutcome } from "../../net/dial/dial.ts";
import type { ExperimentExchanges, KeptExchange } from "../../result.ts";
import { formatUrl, type SettledTarget } from "../../target/target.ts";
import { FirstAndLast } from "../first_and_last.ts";
import { ConnectionLog } from "./connection_log.ts";
import type { LoggedConnection } from "./segment.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Exchanges that are kept from the beginning of an experiment, and as many from its end. */
const MOST = 20;

/** The exchanges of an experiment that were over first and last. */
export class ExchangeLog {
  readonly #kept = new FirstAndLast<KeptExchange>(MOST);
  #opened = 0;
  readonly #connections: { log: ConnectionLog; connection: LoggedConnection }[] = [];

  /** The log of a connection that was opened; none where there is no connection, which is an exchange that failed. */
  open(target: SettledTarget, dialled: DialOutcome, startedAt: number): ConnectionLog | undefined {
    if (!dialled.connection) {
      this.#kept.add(describeFailed(target, dialled, startedAt));
      return undefined;
    }
    const number = ++this.#opened;
    return new ConnectionLog({ target, dialled, startedAt, number }, (exchanges) => {
      for (const exchange of exchanges) this.#kept.add(exchange);
    });
  }

  /** The connection of a log, so that what is open at the end can be told. */
  attach(log: ConnectionLog, connection: LoggedConnection): void {
    this.#connections.push({ log, connection });
  }

  /** Everything, once the experiment is over. */
  end(): ExperimentExchanges {
    for (const { log, connection } of this.#connections) log.end(connection);
    const { first, last, leftOut } = this.#kept;
    const kept = [...first, ...last];
    // ISO 8601 sorts as text; what began in the same millisecond stays as it is.
    kept.sort((a, b) => Number(a.startedAt > b.startedAt) - Number(a.startedAt < b.startedAt));
    return { kept, leftOut };
  }
}

function describeFailed(target: SettledTarget, dialled: DialOutcome, startedAt: number): KeptExchange {
  return withoutUndefined({
    schema: 1,
    input: target.input,
    url: formatUrl(target),
    method: "GET",
    startedAt: new Date(performance.timeOrigin + startedAt).toISOString(),
    ok: false,
    error: dialled.error,
    interim: [],
    deviations: [],
    timings: { ...dialled.timings, total: performance.now() - startedAt },
    tls: dialled.tls,
    tries: [...dialled.tries],
    redirects: [],
    checks: [],
  });
}
