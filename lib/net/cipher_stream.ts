/**
 * The encrypted side of a TLS connection: what `node:tls` writes goes to a plain connection, and what comes from
 * there is handed to `node:tls` one read at a time, when asked for.
 *
 * That `node:tls` never reads by itself keeps memory bounded, for it does not slow down with its own reader, and
 * shows what it hides: whether the stream ended by FIN or by RST, and whether close_notify came before.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import type { Connection, ReadOutcome, WriteOutcome } from "./connection.ts";
import { RecordBoundary } from "./record_boundary.ts";

/** Enough to recognise what else than TLS a server speaks, and to show it. */
const BEGINNING = 64;

/** The end of a stream below TLS. */
export type RawEnd = Exclude<ReadOutcome, { type: "data" }>;

/** A stream of TLS records over a plain connection, which it owns. */
export class CipherStream extends Duplex {
  readonly #connection: Connection;
  readonly #boundary = new RecordBoundary();
  #beginning = new Uint8Array(0);
  #rawEnd: RawEnd | undefined;
  #broken: Exclude<WriteOutcome, { type: "written" }> | undefined;

  /** @param connection A plain connection from which nothing has been read. */
  constructor(connection: Connection) {
    super({ allowHalfOpen: true });
    this.#connection = connection;
  }

  /** How the plain connection ended, once that is known. */
  get rawEnd(): RawEnd | undefined {
    return this.#rawEnd;
  }

  /** The first octets that came, at most 64. */
  get beginning(): Uint8Array {
    return this.#beginning;
  }

  /** Why records can no longer be sent, once that is known. */
  get broken(): Exclude<WriteOutcome, { type: "written" }> | undefined {
    return this.#broken;
  }

  /** Reads once from the plain connection, and returns when `node:tls` has done with what came. */
  async pull(): Promise<void> {
    const outcome = await this.#connection.read();
    if (outcome.type !== "data") {
      this.#rawEnd = outcome;
      return;
    }
    if (this.#beginning.length < BEGINNING) this.#keepBeginning(outcome.bytes);
    // node:tls forgets what it has decrypted of the octets handed to it when it finds a fault further on in them. What
    // ends a connection, an alert for instance, is the last record: it goes by itself.
    const last = this.#boundary.findLast(outcome.bytes);
    if (last > 0) await this.#handOver(outcome.bytes.subarray(0, last));
    await this.#handOver(outcome.bytes.subarray(last));
  }

  /** Reads once from the plain connection and throws away what came: TLS has ended. */
  async skip(): Promise<void> {
    const outcome = await this.#connection.read();
    if (outcome.type !== "data") this.#rawEnd = outcome;
  }

  async #handOver(records: Uint8Array): Promise<void> {
    this.push(records);
    // The octets are valid until the next read: none may lie in the queue of this stream by then.
    while (this.readableLength > 0 && !this.destroyed) await settle();
  }

  #keepBeginning(bytes: Uint8Array): void {
    const more = bytes.subarray(0, BEGINNING - this.#beginning.length);
    const joined = new Uint8Array(this.#beginning.length + more.length);
    joined.set(this.#beginning);
    joined.set(more, this.#beginning.length);
    this.#beginning = joined;
  }

  /** Nothing: {@linkcode CipherStream.pull} reads. */
  override _read(): void {}

  /** Sends records. A failure is kept for the writer and not reported to `node:tls`, which would end reading too. */
  override _write(records: Uint8Array, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#connection.write(records).then((outcome) => {
      if (outcome.type !== "written") this.#broken = outcome;
      callback();
    });
  }

  /** Sends FIN after the last record. */
  endRecords(): Promise<void> {
    if (this.destroyed || this.writableFinished) return Promise.resolve();
    return new Promise((done) => {
      this.once("close", () => done());
      this.end(() => done());
    });
  }

  /** Sends FIN. */
  override _final(callback: (error?: Error | null) => void): void {
    this.#connection.closeWrite().then(() => callback());
  }

  /** Closes the plain connection. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#connection.close();
    callback(error);
  }
}

/** Lets everything run that streams have put off to later in this turn of the event loop. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
