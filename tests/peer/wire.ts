/**
 * The peer's end of one connection, plain or TLS, with all actions of a faulty server.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers";
import { TLSSocket, type TLSSocketOptions } from "node:tls";
import { RawStream } from "./raw_stream.ts";
import { ConnectionGone } from "./script.ts";

/** The end of the connection by the other side, as far as this side has seen it. */
export type SeenEnd = "open" | "fin" | "rst";

/** One connection of a peer. */
export class Wire {
  readonly #socket: Socket;
  readonly #tls: TLSSocket | undefined;
  readonly #ended = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #timers = new Set<() => void>();
  #received = "";
  #taken = 0;
  #wake: () => void = () => {};
  #isGone = false;
  /** How the other side ended its sending side. */
  seenEnd: SeenEnd = "open";

  /** @param tls Options of a TLS server; a plain connection without. */
  constructor(socket: Socket, tls?: TLSSocketOptions) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("error", (error: Error) => {
      if ("code" in error && error.code === "ECONNRESET") this.seenEnd = "rst";
    });
    socket.on("end", () => {
      this.seenEnd = "fin";
      this.#ended.resolve();
    });
    socket.on("close", () => this.#leave());
    if (tls !== undefined) {
      this.#tls = new TLSSocket(new RawStream(socket), { ...tls, isServer: true });
      // The client is what is tested: what the server makes of a broken handshake does not count. As any server it hangs up.
      this.#tls.on("error", () => {
        socket.end();
        this.#leave();
      });
    }
    (this.#tls ?? socket).on("data", (bytes: Uint8Array) => this.#keep(bytes));
  }

  /** All octets that came, decrypted, one code unit each. */
  get received(): string {
    return this.#received;
  }

  /** Common name of the client's certificate; empty without one. */
  get clientName(): string {
    return String(this.#tls?.getPeerCertificate()?.subject?.CN ?? "");
  }

  /** Settled once the connection is closed at both sides, or was reset. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Settled once the other side has ended its sending side, or the connection is gone. */
  get ended(): Promise<void> {
    return Promise.race([this.#ended.promise, this.gone]);
  }

  #keep(bytes: Uint8Array): void {
    this.#received += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    this.#wake();
  }

  #leave(): void {
    this.#isGone = true;
    this.#wake();
    for (const end of this.#timers) end();
    this.#gone.resolve();
  }

  /** Waits for a text, or for so many octets, after what was taken before. */
  async take(wanted: string | number): Promise<void> {
    for (;;) {
      const end = typeof wanted === "number" ? this.#taken + wanted : this.#endOf(wanted);
      if (end !== -1 && end <= this.#received.length) {
        this.#taken = end;
        return;
      }
      if (this.#isGone) throw new ConnectionGone("the connection ended while a text was waited for");
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  #endOf(wanted: string): number {
    const start = this.#received.indexOf(wanted, this.#taken);
    return start === -1 ? -1 : start + wanted.length;
  }

  /** Sends octets, encrypted on TLS. */
  send(bytes: Uint8Array): Promise<void> {
    return this.#write(this.#tls ?? this.#socket, bytes);
  }

  /** Sends octets as they are. */
  sendRaw(bytes: Uint8Array): Promise<void> {
    return this.#write(this.#socket, bytes);
  }

  async #write(socket: Socket, bytes: Uint8Array): Promise<void> {
    if (this.#isGone) throw new ConnectionGone("there is no connection to send on");
    const sent = new Promise<boolean>((resolve) => socket.write(bytes, (error) => resolve(!error)));
    const taken = await Promise.race([sent, this.gone.then(() => false)]);
    if (!taken) throw new ConnectionGone("the connection ended while something was sent");
  }

  /** Waits; not longer than the connection lives. */
  async pause(ms: number): Promise<void> {
    if (this.#isGone) throw new ConnectionGone("the connection ended during a pause");
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#timers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#timers.add(end);
    });
  }

  /** Stops reading, so that further octets stay in the system's buffers. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Ends the sending side: FIN, with close_notify before on TLS. */
  async fin(): Promise<void> {
    await this.closeNotify();
    await this.cut();
  }

  /** Sends close_notify on TLS, and keeps the connection open. */
  async closeNotify(): Promise<void> {
    if (this.#tls === undefined) return;
    await this.#end(this.#tls);
    // The record is written after the end is announced.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Ends the sending side below TLS. */
  cut(): Promise<void> {
    return this.#end(this.#socket);
  }

  async #end(socket: Socket): Promise<void> {
    const ended = new Promise<void>((resolve) => socket.end(() => resolve()));
    await Promise.race([ended, this.gone]);
  }

  /** Resets the connection. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Closes everything at once. */
  async destroy(): Promise<void> {
    this.#tls?.destroy();
    this.#socket.destroy();
    await this.gone;
  }
}
