/**
 * Waits on one connection of an experiment, and records its end in the transcript.
 *
 * @module
 */

import type { ResponseReader } from "../../http/response_reader.ts";
import type { Connection } from "../../net/connection.ts";
import { ConnectionReader, type StreamEnd } from "../../net/connection_reader.ts";
import { endReading } from "../../probe/http_connection.ts";
import { formatEnd, formatFault } from "./format_end.ts";
import { GraceTimer } from "./grace_timer.ts";
import type { Transcript } from "./transcript.ts";

/** Milliseconds for a peer to end its side after ours. */
const LEAVE = 25;

/** Milliseconds for a peer to notice that a connection is closed, before the next one replaces it. */
const PARTING = 10;

/** The objects that receive the octets of a stream. */
export interface LabStreamOptions {
  readonly reader: ResponseReader;
  readonly transcript: Transcript;
  /** Takes each received piece. */
  readonly take: (bytes: Uint8Array, at: number) => void;
}

/** A connection that is read while somebody waits. */
export class LabStream {
  readonly transport: Connection;
  readonly #stream: ConnectionReader;
  readonly #transcript: Transcript;
  #leaving = false;

  constructor(transport: Connection, { reader, transcript, take }: LabStreamOptions) {
    this.transport = transport;
    this.#transcript = transcript;
    this.#stream = new ConnectionReader(transport, {
      take,
      end: (end) => {
        if (!this.#leaving) transcript.note(formatFault(end) ?? formatEnd(end.how));
        endReading(reader, end);
      },
    });
  }

  /** The end of the connection, if it was noticed. */
  get end(): StreamEnd | undefined {
    return this.#stream.end;
  }

  /** `performance.now()` when the first octet after the last request came. */
  get firstOctetAt(): number | undefined {
    return this.#stream.firstOctetAt;
  }

  /** `performance.now()` when the last octet came. */
  get lastOctetAt(): number | undefined {
    return this.#stream.lastOctetAt;
  }

  /** Records that a request is sent: the next octet is the first one after it. */
  startTurn(): void {
    this.#stream.startTurn();
  }

  /** Takes the octets that the system holds now; false if the connection has ended. */
  settle(): Promise<boolean> {
    return this.#stream.settle();
  }

  /** Waits as `LabConnection.wait()` does. */
  async wait(ms: number, until?: () => boolean): Promise<"met" | "ended" | "late"> {
    if (until?.()) return "met";
    using timer = new GraceTimer(ms);
    while (!this.end) {
      if (await this.#stream.receiveUnless(timer.over) === undefined) return "late";
      if (until?.()) return "met";
    }
    if (!until) await this.#watchForFin(timer.over);
    return "ended";
  }

  /** Closes the connection from our side, unless it has ended. */
  close(): void {
    this.#stream.close();
  }

  /** Sends sonde's FIN, gives the peer a moment to end its side, and closes. */
  async closeGently(): Promise<void> {
    this.#transcript.note("closed by sonde");
    this.#leaving = true;
    const ended = this.transport.closeWrite();
    await this.wait(LEAVE);
    this.close();
    await ended;
  }

  /** Closes the connection, and waits until its last read is over and the peer has had time to notice. */
  async finish(): Promise<void> {
    await this.#stream[Symbol.asyncDispose]();
    await new Promise((resolve) => setTimeout(resolve, PARTING));
  }

  /** A peer that ends TLS may leave the TCP connection open. */
  async #watchForFin(over: Promise<undefined>): Promise<void> {
    const before = this.end?.fin;
    await this.#stream.watchForFin(over);
    if (this.end?.fin && !before && !this.#leaving) this.#transcript.note(formatEnd("fin"));
  }
}
