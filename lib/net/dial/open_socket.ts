/**
 * Opens one plain connection to one end point, within a limit.
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

/** The end point of {@linkcode openSocket}. */
export type SocketAddress =
  | { readonly hostname: string; readonly port: number }
  | { readonly path: string };

/**
 * Connects to one address; to the first address of a name that answers if `hostname` is a name.
 *
 * @param doing As in {@linkcode Deadline.enter}.
 * @param limit Milliseconds.
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
    // Nagle's algorithm would hold back a small write until the one before is acknowledged: up to 40 ms.
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

/** Controllers whose connect is over and that were never used: making one takes longer than the rest of this function. */
const spare: AbortController[] = [];
const MOST_SPARE = 1024;

/**
 * `Deno.connect()` asks its signal a last time when the connection is there already, and then throws the connection away
 * without closing it: on a busy machine every deadline that is over at that moment would leave a descriptor open for good.
 */
function makeStop(): AbortController {
  const stop = new AbortController();
  stop.signal.throwIfAborted = () => {};
  return stop;
}

function connect(address: SocketAddress, signal: AbortSignal): Promise<Deno.TcpConn | Deno.UnixConn> {
  if ("path" in address) return Deno.connect({ transport: "unix", path: address.path });
  // Happy Eyeballs would hide which address family is dead. Of a name, Deno tries the first address only without it.
  return Deno.connect({ ...address, signal, autoSelectFamily: ipFamily(address.hostname) === 0 });
}
