/**
 * A connection over TLS, on top of a plain one.
 *
 * @module
 */

import type { TLSSocket } from "node:tls";
import type { Endpoint, TlsFacts } from "../../result.ts";
import { type CipherStream, type RawEnd, settle } from "./cipher_stream.ts";
import { readAlert } from "../errors/explain_tls.ts";
import type { Connection, ReadOutcome, WriteOutcome } from "../connection.ts";
import { TlsFault } from "../errors/tls_fault.ts";

const CLOSE_NOTIFY: ReadOutcome = { type: "close-notify" };
const TRUNCATED: ReadOutcome = { type: "tls-truncated" };
const CLOSED: ReadOutcome & WriteOutcome = { type: "closed" };
const WRITTEN: WriteOutcome = { type: "written" };

/** The parts of a {@linkcode TlsConnection}. */
export interface TlsParts {
  /** The plain connection below. */
  readonly plain: Connection;
  readonly cipher: CipherStream;
  readonly socket: TLSSocket;
}

/** A connection over TLS. Its handshake may still be outstanding; see `openTls`. */
export class TlsConnection implements Connection {
  readonly peer: Endpoint & { readonly family?: 4 | 6 };
  readonly local: Endpoint;
  /** Set once the handshake is complete. */
  tls: TlsFacts | undefined;
  readonly #cipher: CipherStream;
  readonly #socket: TLSSocket;
  readonly #received: Uint8Array[] = [];
  #secured = false;
  #settled = true;
  #closeNotify = false;
  #error: TlsFault | undefined;
  #taken = 0;
  #closed = false;
  #ending: Promise<void> | undefined;

  /** Takes over the parts; nothing has been sent so far. */
  constructor({ plain, cipher, socket }: TlsParts) {
    this.peer = plain.peer;
    this.local = plain.local;
    this.#cipher = cipher;
    this.#socket = socket;
    socket.on("secureConnect", () => this.#secured = true);
    socket.on("data", (bytes: Uint8Array) => this.#received.push(bytes));
    // node:tls ends on close_notify; it is never told that the stream below ended.
    socket.on("end", () => this.#closeNotify = true);
    socket.on("error", (error: Error) => this.#error ??= new TlsFault(error));
  }

  /** See {@linkcode Connection.taken}. */
  get taken(): number {
    return this.#taken;
  }

  /** Makes the handshake. Returns undefined on success, and otherwise the failure. */
  async secure(): Promise<Exclude<ReadOutcome, { type: "data" }> | undefined> {
    while (!this.#secured) {
      if (this.#closed) return CLOSED as { type: "closed" };
      if (this.#error !== undefined) return { type: "error", error: this.#error };
      if (this.#cipher.rawEnd !== undefined) return this.#nameEnd(this.#cipher.rawEnd);
      await this.#advance();
    }
    this.#cipher.secured();
    return undefined;
  }

  /** See {@linkcode Connection.read}. */
  async read(): Promise<ReadOutcome> {
    for (;;) {
      if (this.#closed) return CLOSED;
      const bytes = this.#received.shift();
      if (bytes !== undefined) return { type: "data", bytes };
      if (this.#closeNotify) return CLOSE_NOTIFY;
      if (this.#error !== undefined) return { type: "error", error: this.#error };
      const rawEnd = this.#cipher.rawEnd;
      if (rawEnd !== undefined) return rawEnd.type === "fin" ? TRUNCATED : this.#nameEnd(rawEnd);
      await this.#advance();
    }
  }

  /** If `node:tls` closed the stream below without a call of {@linkcode close}, the peer caused it. */
  #nameEnd(rawEnd: RawEnd): RawEnd {
    if (rawEnd.type !== "closed") return rawEnd;
    return {
      type: "error",
      error: this.#error ?? new TlsFault(new Error("the TLS connection was given up")),
    };
  }

  /** Waits until the octets of the last read below have taken effect, and then reads below once more. */
  async #advance(): Promise<void> {
    if (this.#settled) await this.#cipher.pull();
    // node:tls gives out octets immediately, but announces the end, errors and the handshake a little later.
    else await settle();
    this.#settled = !this.#settled;
    if (this.#cipher.askedToRenegotiate) this.#noteRenegotiation();
  }

  /** Corrects the error: a record that only looks like a HelloRequest is one that cannot be decrypted. */
  #noteRenegotiation(): void {
    if (this.tls === undefined || this.tls.askedToRenegotiate || !this.#settled) return;
    if (this.#error === undefined || readAlert(this.#error.message) !== undefined) {
      this.tls = { ...this.tls, askedToRenegotiate: true };
    }
  }

  /** See {@linkcode Connection.heldBack}. */
  get heldBack(): Promise<void> | undefined {
    return this.#cipher.heldBack;
  }

  /** See {@linkcode Connection.waitForFin}. */
  async waitForFin(): Promise<boolean> {
    while (!this.#closed && this.#cipher.rawEnd === undefined) await this.#cipher.skip();
    return !this.#closed && this.#cipher.rawEnd?.type === "fin";
  }

  /** See {@linkcode Connection.write}. */
  async write(bytes: Uint8Array): Promise<WriteOutcome> {
    if (this.#closed) return CLOSED;
    if (this.#ending !== undefined) return { type: "broken", how: "pipe" };
    if (bytes.length === 0) return WRITTEN;
    const error = await new Promise<Error | null | undefined>((done) => this.#socket.write(bytes, done));
    if (this.#closed) return CLOSED;
    if (this.#cipher.broken !== undefined) return this.#cipher.broken;
    if (!error) {
      this.#taken += bytes.length;
      return WRITTEN;
    }
    // If node:tls has no error, it ends its sending side because the peer has ended.
    return this.#error === undefined
      ? { type: "broken", how: "pipe" }
      : { type: "error", error: this.#error };
  }

  /** See {@linkcode Connection.closeWrite}. */
  closeWrite(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return this.#ending ??= this.#end();
  }

  async #end(): Promise<void> {
    // After the peer's close_notify, node:tls ends on its own and ignores later callbacks.
    if (!this.#socket.destroyed && !this.#socket.writableFinished) {
      await new Promise<void>((done) => {
        this.#socket.once("close", () => done());
        this.#socket.end(() => done());
      });
    }
    // node:tls sends close_notify, but does not end the stream below it.
    await settle();
    await this.#cipher.endRecords();
  }

  /** See {@linkcode Connection.close}. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.#cipher.destroy();
  }

  /** The same as {@linkcode TlsConnection.close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}
