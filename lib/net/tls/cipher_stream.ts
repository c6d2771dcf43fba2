/**
 * The encrypted side of a TLS connection. Octets that `node:tls` writes go to a plain connection; octets from there are handed
 * to `node:tls` one read at a time, on request.
 *
 * `node:tls` never reads by itself. That keeps memory bounded, because `node:tls` would not slow down with its reader, and it
 * shows facts that `node:tls` hides: whether FIN or RST ended the stream, and whether close_notify came before.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import type { Connection, ReadOutcome, WriteOutcome } from "../connection.ts";
import { Beginning } from "./beginning.ts";
import { RecordBoundary } from "./record_boundary.ts";

/**
 * Octets of a server that are kept until the handshake is made: enough to recognise another protocol, and for the part of a
 * TLS 1.2 handshake that is sent in the clear with several certificates.
 */
const BEGINNING = 32 * 1024;

/** Our own octets that are kept until then: a ClientHello up to the end of its random. */
const HELLO = 64;

/** The end of a stream below TLS. */
export type RawEnd = Exclude<ReadOutcome, { type: "data" }>;

/** A stream of TLS records over a plain connection, which it owns. */
export class CipherStream extends Duplex {
  readonly #connection: Connection;
  readonly #boundary = new RecordBoundary();
  /** The first octets, which explain a handshake that fails; empty once it is made. */
  readonly #received = new Beginning(BEGINNING);
  readonly #sent = new Beginning(HELLO);
  #rawEnd: RawEnd | undefined;
  #broken: Exclude<WriteOutcome, { type: "written" }> | undefined;

  /** @param connection A plain connection from which nothing has been read. */
  constructor(connection: Connection) {
    super({ allowHalfOpen: true });
    this.#connection = connection;
  }

  /** See {@linkcode Connection.heldBack}. */
  get heldBack(): Promise<void> | undefined {
    return this.#connection.heldBack;
  }

  /** The end of the plain connection, once it is known. */
  get rawEnd(): RawEnd | undefined {
    return this.#rawEnd;
  }

  /** The first octets that came, at most 32 KiB; none any more once the handshake is made. */
  get beginning(): Uint8Array {
    return this.#received.octets;
  }

  /** The first octets that were sent, at most 64; none any more once the handshake is made. */
  get hello(): Uint8Array {
    return this.#sent.octets;
  }

  /** Notes that the handshake is made, and drops the octets that would explain a failed one. */
  secured(): void {
    this.#received.drop();
    this.#sent.drop();
  }

  /** The server asked to renegotiate: TLS 1.2 has no other reason for a handshake after the first one. */
  get askedToRenegotiate(): boolean {
    return this.#boundary.renegotiates;
  }

  /** The reason why records can no longer be sent, once it is known. */
  get broken(): Exclude<WriteOutcome, { type: "written" }> | undefined {
    return this.#broken;
  }

  /** Reads once from the plain connection, and returns when `node:tls` has processed the octets. */
  async pull(): Promise<void> {
    const outcome = await this.#connection.read();
    if (outcome.type !== "data") {
      this.#rawEnd = outcome;
      return;
    }
    this.#received.take(outcome.bytes);
    // If node:tls finds a fault, it forgets the data that it decrypted from earlier octets of the same piece. The record that
    // ends a connection, an alert for instance, is the last one, so it is handed over alone.
    const last = this.#boundary.findLast(outcome.bytes);
    if (last > 0) await this.#handOver(outcome.bytes.subarray(0, last));
    await this.#handOver(outcome.bytes.subarray(last));
  }

  /** Reads once from the plain connection and throws the octets away: TLS has ended. */
  async skip(): Promise<void> {
    const outcome = await this.#connection.read();
    if (outcome.type !== "data") this.#rawEnd = outcome;
  }

  async #handOver(records: Uint8Array): Promise<void> {
    this.push(records);
    // The octets are valid until the next read; the queue of this stream must be empty before it.
    while (this.readableLength > 0 && !this.destroyed) await settle();
  }

  /** Nothing: {@linkcode CipherStream.pull} reads. */
  override _read(): void {}

  /** Sends records. A failure is kept for the writer and not reported to `node:tls`, which would end reading too. */
  override _write(records: Uint8Array, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#sent.take(records);
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
