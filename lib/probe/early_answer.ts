/**
 * Doubts an answer on a used connection that came suspiciously early: the server may have sent it before the request.
 *
 * @module
 */

import { formatDuration } from "../text/duration.ts";
import type { Deadline } from "../net/deadline.ts";
import type { Exchange } from "./exchange.ts";
import type { HttpConnection } from "./http_connection.ts";

/** Minimum milliseconds to wait for a second response. */
const LEAST = 5;
/** The same wait as a multiple of the slowest answer's time. */
const SLOWER = 4;

/** The times of the answers of a series, and of unrequested octets. */
export class AnswerTimes {
  #fastest = Infinity;
  #slowest = 0;
  #excessAfter: number | undefined;

  /** Milliseconds in which a second response would come. */
  get secondAnswerWait(): number {
    return Math.max(LEAST, SLOWER * this.#slowest);
  }

  /** Milliseconds after an answer in which unrequested octets would come again; 0 if none has come so far. */
  get strayWait(): number {
    return this.#excessAfter === undefined ? 0 : this.secondAnswerWait + 2 * this.#excessAfter;
  }

  /** Records unrequested octets. */
  noteExcess({ holdsExcess, surplusAt }: HttpConnection, { lastOctetAt }: Exchange): void {
    if (!holdsExcess || surplusAt === undefined) return;
    this.#excessAfter = Math.max(this.#excessAfter ?? 0, surplusAt - (lastOctetAt ?? surplusAt));
  }

  /**
   * Judges a finished exchange. Between the last look at a connection and the moment when the system accepts the
   * request, some microseconds pass; unrequested octets that arrive then look like an answer. If an answer came sooner
   * than all before, this waits for a second response. If one comes, neither of the two is accepted.
   *
   * @param label The request in messages: `GET http://example.org/`
   */
  async judge(http: HttpConnection, exchange: Exchange, { label, deadline, signal }: {
    readonly label: string;
    readonly deadline: Deadline;
    readonly signal: AbortSignal | undefined;
  }): Promise<Exchange> {
    const { error, response, sentAt, firstOctetAt } = exchange;
    if (error || !response || sentAt === undefined || firstOctetAt === undefined) return exchange;
    const took = Math.max(0, firstOctetAt - sentAt);
    if (exchange.requestNumber > 1 && took < this.#fastest) {
      await http.watch(Math.min(this.secondAnswerWait, deadline.remaining), signal);
      if (http.holdsExcess && beginsResponse(http)) return refuse(exchange, label, took);
    }
    this.#fastest = Math.min(this.#fastest, took);
    this.#slowest = Math.max(this.#slowest, took);
    return exchange;
  }
}

/** Tells whether the surplus begins like a response. If not, the response before it is the answer. */
function beginsResponse({ reader }: HttpConnection): boolean {
  const excess = reader.messageDeviations.find(({ code }) => code === "excess-data");
  return excess?.excerpt?.startsWith("HTTP/") === true;
}

function refuse({ response: _, ...exchange }: Exchange, label: string, took: number): Exchange {
  const message = `Cannot tell which response answers ${label}: one came ${
    formatDuration(took)
  } after the request was sent, sooner than any before, and another one after it, so the first may have been sent before the request`;
  return { ...exchange, error: { kind: "syntax", phase: "head", by: "target", message } };
}
