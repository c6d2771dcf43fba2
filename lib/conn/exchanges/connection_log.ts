/**
 * Records the traffic of one connection of an experiment, so that its exchanges can be reconstructed later.
 *
 * @module
 */

import type { WriteOutcome } from "../../net/connection.ts";
import type { KeptExchange } from "../../result.ts";
import { describeSegment } from "./describe_segment.ts";
import type { LoggedConnection, NotedWrite, Opening, Segment } from "./segment.ts";

/** Maximum request octets to keep of a segment; further octets are only counted. */
const KEPT_OCTETS = 512 * 1024;
/** Maximum received pieces whose time is kept; later pieces count as one. */
const KEPT_PIECES = 2_000;

/** The log of one connection. */
export class ConnectionLog {
  readonly #opening: Opening;
  readonly #take: (exchanges: KeptExchange[]) => void;
  #segment: Segment | undefined;
  #leaving = false;
  #requests = 0;

  /** @param take Receives the exchanges of each segment once it is over. */
  constructor(opening: Opening, take: (exchanges: KeptExchange[]) => void) {
    this.#opening = opening;
    this.#take = take;
  }

  /** Records that a request is about to be sent; the reader does not expect its answer yet. */
  sending(connection: LoggedConnection): void {
    const { reader } = connection;
    if (this.#segment && reader.unanswered === 0 && reader.responses.length > this.#segment.first) {
      this.#finish(connection);
    }
  }

  /** Records octets that are being sent. */
  sent(
    connection: LoggedConnection,
    bytes: Uint8Array,
    writing: Promise<WriteOutcome>,
  ): Promise<WriteOutcome> {
    const segment = this.#segment ??= {
      first: connection.reader.responses.length,
      writes: [],
      kept: [],
      octets: 0,
      pieces: [],
    };
    const write: NotedWrite = { at: performance.now(), offset: segment.octets };
    segment.writes.push(write);
    const room = KEPT_OCTETS - segment.octets;
    if (room > 0) segment.kept.push(bytes.slice(0, room));
    segment.octets += bytes.length;
    return writing.then((outcome) => {
      if (outcome.type === "written") write.doneAt = performance.now();
      return outcome;
    });
  }

  /** Records a piece that was received and read. */
  received({ reader }: LoggedConnection, at: number): void {
    const pieces = this.#segment?.pieces;
    if (!pieces) return;
    const last = pieces.at(-1);
    if (last && pieces.length >= KEPT_PIECES) Object.assign(last, { end: reader.offset, at });
    else pieces.push({ end: reader.offset, at });
  }

  /** Records that our side ends the connection: the peer's later actions respond to that. */
  leaving(): void {
    this.#leaving = true;
  }

  /** Records the end of the experiment. */
  end(connection: LoggedConnection): void {
    this.#finish(connection);
  }

  #finish(connection: LoggedConnection): void {
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = undefined;
    const exchanges = describeSegment(segment, connection, {
      opening: this.#opening,
      requestsBefore: this.#requests,
      end: this.#leaving ? undefined : connection.end,
    });
    this.#requests += exchanges.length;
    this.#take(exchanges);
  }
}
