/**
 * Connections to a peer, for the tests of this folder.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Connection, ReadOutcome } from "../../lib/net/connection.ts";
import { Deadline } from "../../lib/net/deadline.ts";
import { dial, type DialLimits, type DialOutcome, type DialRequest } from "../../lib/net/dial/dial.ts";
import type { TlsRequest } from "../../lib/net/tls/tls_request.ts";
import { fixture, type Peer } from "../peer/peer.ts";

/** No test waits longer than this, ms; far more than a busy machine needs. */
export const LONGEST_WAIT = 60_000;

/** Default options of the TLS tests. */
export const TLS: TlsRequest = { serverName: "localhost", verify: true, caCerts: [fixture("ca.pem")] };

/** Dials a peer. */
export async function dialPeer(
  peer: Peer,
  request: Partial<DialRequest> = {},
  limits: DialLimits = {},
): Promise<DialOutcome> {
  using deadline = new Deadline({ maxTime: LONGEST_WAIT });
  return await dial({ host: peer.address, port: peer.port, ...request }, deadline, limits);
}

/** Connects to a peer, or fails the test. */
export async function connectTo(peer: Peer, request: Partial<DialRequest> = {}): Promise<Connection> {
  const { connection, error } = await dialPeer(peer, request);
  assert(connection, error?.message);
  return connection;
}

/** Reads to the end: the text, one code unit for each octet, and how it ended. */
export async function readAll(connection: Connection): Promise<[text: string, end: ReadOutcome["type"]]> {
  let text = "";
  const end = await readEach(connection, (bytes) => text += String.fromCharCode(...bytes));
  return [text, end];
}

/** Reads to the end: the number of octets, and how it ended. */
export async function countAll(connection: Connection): Promise<[octets: number, end: ReadOutcome["type"]]> {
  let octets = 0;
  const end = await readEach(connection, (bytes) => octets += bytes.length);
  return [octets, end];
}

async function readEach(
  connection: Connection,
  take: (bytes: Uint8Array) => void,
): Promise<ReadOutcome["type"]> {
  using deadline = new Deadline();
  deadline.enter("body", "read to the end", LONGEST_WAIT, () => connection.close());
  for (;;) {
    const outcome = await connection.read();
    if (outcome.type !== "data") return outcome.type;
    take(outcome.bytes);
  }
}

/** Closes a connection to a peer that does not read, during a read and a write. Both end, and all later calls fail. */
export async function assertClosedWhilePending(connection: Connection): Promise<void> {
  const reading = connection.read();
  const writing = connection.write(new Uint8Array(64 * 2 ** 20));
  connection.close();
  connection.close();
  assertEquals([await reading, await writing], [{ type: "closed" }, { type: "closed" }]);
  assertEquals(await connection.read(), { type: "closed" });
  assertEquals(await connection.write(ascii("x")), { type: "closed" });
  await connection.closeWrite();
}

/** Octets of an ASCII text. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
