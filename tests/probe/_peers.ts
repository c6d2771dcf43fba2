/**
 * Answers and probes that the tests of this folder share.
 *
 * @module
 */

import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeResult } from "../../lib/result.ts";
import type { Peer, PeerOptions, Script } from "../peer/peer.ts";
import { startPeer } from "../peer/peer.ts";

/** The end of a request without content. */
export const REQUEST = { expect: "\r\n\r\n" };
/** Stays until the other side leaves. */
export const STALL = { stall: true } as const;
/** A complete answer that keeps the connection. */
export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
/** A complete answer that announces the end of the connection. */
export const LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";

/** No probe of a test takes longer, ms; far more than a busy machine needs. */
export const LONGEST = 60_000;

/** The URL of something at a peer. */
export function urlOf(peer: Peer, path = "/"): string {
  return `http://${peer.address}:${peer.port}${path}`;
}

/** Starts a peer for one probe, and gives the result and all that the peer received. */
export async function probeScript(
  script: Script | readonly Script[],
  options: ProbeOptions = {},
  peerOptions: PeerOptions = {},
): Promise<ProbeResult & { readonly received: readonly string[] }> {
  await using peer = await startPeer(script, peerOptions);
  const result = await probe(urlOf(peer), { maxTime: LONGEST, ...options });
  return { ...result, received: peer.connections.map(({ received }) => received) };
}

/** The codes of the deviations. */
export function codesOf({ deviations }: ProbeResult): string[] {
  return deviations.map(({ code }) => code);
}
