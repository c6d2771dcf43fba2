/**
 * The first TLS connection of a process makes Deno load what all of them need, for longer than a handshake on a local
 * network takes. That time is ours, so it is spent before any clock runs.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { connect } from "node:tls";
import { settle } from "./cipher_stream.ts";

/** Takes what is sent, and never says anything. */
class Nowhere extends Duplex {
  override _read(): void {}

  override _write(_bytes: Uint8Array, _encoding: string, callback: () => void): void {
    callback();
  }
}

let warm: Promise<void> | undefined;

/** Begins a handshake that leads nowhere, once in a process. */
export function warmUpTls(): Promise<void> {
  return warm ??= beginHandshake();
}

async function beginHandshake(): Promise<void> {
  const stream = new Nowhere();
  const socket = connect({ socket: stream, rejectUnauthorized: false });
  // That it comes to nothing is what was meant.
  socket.on("error", () => {});
  await settle();
  socket.destroy();
  stream.destroy();
  await settle();
}
