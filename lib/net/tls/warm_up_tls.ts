/**
 * Warms up TLS. For the first TLS connection of a process, Deno loads code, which takes longer than a handshake on a
 * local network. That time is our own, so it is spent before any clock starts.
 *
 * @module
 */

import { PassThrough } from "node:stream";
import { connect } from "node:tls";
import { CipherStream, settle } from "./cipher_stream.ts";
import { connectInMemory } from "../rehearsal.ts";
import { TlsConnection } from "./tls_connection.ts";

/** A TLS record with the alert handshake_failure (RFC 8446 §5.1, §6). */
const ALERT = [21, 3, 3, 0, 2, 2, 40];

let warm: Promise<void> | undefined;

/** Makes a handshake that is refused, and sends octets through the streams of decrypted data; once per process. */
export function warmUpTls(): Promise<void> {
  return warm ??= rehearse();
}

async function rehearse(): Promise<void> {
  const plain = connectInMemory(new Uint8Array(ALERT));
  const cipher = new CipherStream(plain);
  const socket = connect({ socket: cipher, rejectUnauthorized: false });
  using connection = new TlsConnection({ plain, cipher, socket });
  await connection.secure();
  const stream = new PassThrough();
  stream.on("data", () => {});
  await new Promise((written) => stream.write(new Uint8Array(ALERT), written));
  await settle();
  stream.destroy();
}
