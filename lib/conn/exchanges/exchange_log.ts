/**
 * Collects the exchanges of one experiment if the option asks for them.
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

/** Number of exchanges to keep from the beginning of an experiment, and again from its end. */
const MOST = 20;

/** The first and last exchanges of an experiment, in the order in which they ended. */
export class ExchangeLog {
  readonly #kept = new FirstAndLast<KeptExchange>(MOST);
  #opened = 0;
  readonly #connections: { log: ConnectionLog; connection: LoggedConnection }[] = [];

  /** Starts the log of an opened connection. A failed connection has no log and becomes a failed exchange. */
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

  /** Assigns a connection to its log, so that open ones are known at the end. */
  attach(log: ConnectionLog, connection: LoggedConnection): void {
    this.#connections.push({ log, connection });
  }

  /** Gives all exchanges once the experiment is over. */
  end(): ExperimentExchanges {
    for (const { log, connection } of this.#connections) log.end(connection);
    const { first, last, leftOut } = this.#kept;
    const kept = [...first, ...last];
    // ISO 8601 sorts as text; exchanges that began in the same millisecond keep their order.
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
