/**
 * Starts the server of a fault.
 *
 * @module
 */

import { probe } from "../../lib/probe.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import { type Fault, USUAL } from "./_fault.ts";

/** A running fault. */
export interface RunningFault extends AsyncDisposable {
  readonly url: string;
}

/** Starts the server. Disposing of it ends all of its connections. */
export async function startFault(fault: Fault): Promise<RunningFault> {
  if (fault.peer === "full") return await startFull();
  // On another address of loopback nobody listens on the port.
  const nobody = fault.peer === "nobody";
  const peer = await startPeer(fault.peer === "nobody" ? [] : fault.peer, {
    ...(fault.tls && { tls: fault.tls }),
  });
  const scheme = fault.scheme ?? (fault.tls ? "https" : "http");
  const host = nobody ? "127.0.0.2" : scheme === "https" ? "localhost" : peer.address;
  return {
    url: `${scheme}://${host}:${peer.port}/`,
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

/** A server that takes no connection: once the queue is full, the system drops every SYN. */
async function startFull(): Promise<RunningFault> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const waiting = [await Deno.connect({ port }), await Deno.connect({ port })];
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => {
      for (const conn of waiting) conn.close();
      listener.close();
      return Promise.resolve();
    },
  };
}

/** Starts the server of a fault, probes it once and stops it. */
export async function probeFault(fault: Fault): Promise<ProbeResult> {
  await using running = await startFault(fault);
  return await probe(running.url, { ...USUAL, ...fault.options });
}
