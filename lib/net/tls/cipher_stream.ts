/**
 * The encrypted side of a TLS connection. It sends the octets that `node:tls` writes over a plain connection, and gives
 * `node:tls` the octets from there one read at a time, on request.
 *
 * `node:tls` never reads on its own. That bounds memory, because `node:tls` would not slow down with its reader. It
 * also shows facts that `node:tls` hides: whether FIN or RST ended the stream, and whether close_notify came first.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { setImmediate } from "node:timers";
import type { Connection, ReadOutcome, WriteOutcome } from "../connection.ts";
import { Beginning } from "./beginning.ts";
import { RecordBoundary } from "./record_boundary.ts";

/**
 * Octets of a server to keep until the handshake is complete. They suffice to recognise another protocol, and to read
 * the clear part of a TLS 1.2 handshake with several certificates.
 */
const BEGINNING = 32 * 1024;

/** Octets of our own to keep until then: a ClientHello up to the end of its random. */
const HELLO = 64;

/** The end of a stream below TLS. */
export type RawEnd = Exclude<ReadOutcome, { type: "data" }>;

/** A stream of TLS records over a plain connection, which it owns. */
export class CipherStream extends Duplex {
  readonly #connection: Connection;
  readonly #boundary = new RecordBoundary();
  /** The first octets, which explain a failed handshake; empty once it is complete. */
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

  /** The first octets that came, at most 32 KiB; empty once the handshake is complete. */
  get beginning(): Uint8Array {
    return this.#received.octets;
  }

  /** The first octets that we sent, at most 64; empty once the handshake is complete. */
  get hello(): Uint8Array {
    return this.#sent.octets;
  }

  /** Notes that the handshake is complete, and drops the octets that would explain a failure. */
  secured(): void {
    this.#received.drop();
    this.#sent.drop();
  }

  /** True if the server asked to renegotiate: TLS 1.2 has no other reason for a second handshake. */
  get askedToRenegotiate(): boolean {
    return this.#boundary.renegotiates;
  }

  /** The reason why no more records can be sent, once it is known. */
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
    // When node:tls finds a fault, it forgets the data that it decrypted from earlier octets of the same piece. The
    // record that ends a connection, for instance an alert, is the last one, so it is passed on alone.
    const last = this.#boundary.findLast(outcome.bytes);
    if (last > 0) await this.#handOver(outcome.bytes.subarray(0, last));
    await this.#handOver(outcome.bytes.subarray(last));
  }

  /** Reads once from the plain connection and discards the octets: TLS has ended. */
  async skip(): Promise<void> {
    const outcome = await this.#connection.read();
    if (outcome.type !== "data") this.#rawEnd = outcome;
  }

  async #handOver(records: Uint8Array): Promise<void> {
    this.push(records);
    // The octets are valid until the next read, so the queue of this stream must be empty before it.
    while (this.readableLength > 0 && !this.destroyed) await settle();
  }

  /** Does nothing: {@linkcode CipherStream.pull} reads instead. */
  override _read(): void {}

  /** Sends records. The writer learns of a failure, but `node:tls` does not, because it would stop reading too. */
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

/** Runs everything that streams have postponed within this turn of the event loop. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
