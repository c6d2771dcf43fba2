/**
 * Opens one plain connection to one endpoint, within a limit.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import { codeOf } from "../errors/classify_error.ts";
import { connectError } from "../errors/connect_error.ts";
import type { Deadline } from "../deadline.ts";
import { doubtLookup, noteExhaustion } from "../errors/exhaustion.ts";
import { ipFamily } from "../ip_address.ts";

/** The error of a failed connect. */
export interface FailedOpen {
  readonly error: ProbeError;
  /** The code that the system gave, as `ECONNREFUSED`. */
  readonly code?: string | undefined;
}

/** An open connection, or the error. */
export type OpenOutcome = { readonly conn: Deno.Conn } | FailedOpen;

/** The endpoint of {@linkcode openSocket}. */
export type SocketAddress =
  | { readonly hostname: string; readonly port: number }
  | { readonly path: string };

/**
 * Connects to one address. If `hostname` is a name, connects to the first of its addresses that answers.
 *
 * @param doing The action, as in {@linkcode Deadline.enter}.
 * @param limit Limit in milliseconds.
 */
export async function openSocket(
  address: SocketAddress,
  deadline: Deadline,
  doing: string,
  limit?: number,
): Promise<OpenOutcome> {
  const start = performance.now();
  const stop = spare.pop() ?? makeStop();
  let late: ProbeError | undefined;
  deadline.enter("connect", doing, limit, (error) => {
    late = error;
    stop.abort();
  });
  if (late !== undefined) return { error: late };
  try {
    const conn = await connect(address, stop.signal);
    // Nagle's algorithm would hold back a small write until the previous one is acknowledged: up to 40 ms.
    if ("setNoDelay" in conn) conn.setNoDelay(true);
    if (late === undefined) return { conn };
    conn.close();
    return { error: late };
  } catch (error) {
    if (late !== undefined) return { error: late };
    noteExhaustion(error);
    return { error: doubtLookup(connectError(error, address, doing), start), code: codeOf(error) };
  } finally {
    deadline.leave();
    if (!stop.signal.aborted && spare.length < MOST_SPARE) spare.push(stop);
  }
}

/** Unused controllers of finished connects. Creating one takes longer than the rest of this function. */
const spare: AbortController[] = [];
const MOST_SPARE = 1024;

/**
 * `Deno.connect()` checks its signal once more after the connection exists, and if aborted drops the connection without
 * closing it. On a busy machine, every deadline that expires at that moment would leak a descriptor.
 */
function makeStop(): AbortController {
  const stop = new AbortController();
  stop.signal.throwIfAborted = () => {};
  return stop;
}

function connect(address: SocketAddress, signal: AbortSignal): Promise<Deno.TcpConn | Deno.UnixConn> {
  if ("path" in address) return Deno.connect({ transport: "unix", path: address.path });
  // Happy Eyeballs would hide a dead address family. Without it, Deno tries only the first address of a name.
  return Deno.connect({ ...address, signal, autoSelectFamily: ipFamily(address.hostname) === 0 });
}
