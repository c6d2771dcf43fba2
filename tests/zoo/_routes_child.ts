/**
 * Inside a network namespace of its own: dials the names given, or addresses that the system treats in different ways.
 * Prints what came of each as JSON.
 *
 * @module
 */

import { Deadline } from "../../lib/net/deadline.ts";
import { dial } from "../../lib/net/dial/dial.ts";
import type { DialRequest } from "../../lib/net/dial/dial_request.ts";
import { startPeer } from "../peer/peer.ts";

/** Several addresses of one host have commas between them. */
const HOSTS = [
  "203.0.113.1",
  "203.0.113.2",
  "fe80::1",
  "fe80::1%none",
  "::1%lo",
  "203.0.113.1,203.0.113.2,127.0.0.1",
  "192.0.2.1,192.0.2.2,192.0.2.3",
  "two.test",
];

/** Dials again, five times at most, if this process was stopped or busy for so long that the timeout proves nothing. */
async function dialTo(request: DialRequest): ReturnType<typeof dial> {
  for (let tries = 1;; tries++) {
    using deadline = new Deadline({ maxTime: request.host.startsWith("192.") ? 300 : 5_000 });
    const dialled = await dial(request, deadline, { connectTimeout: 200 });
    const proves = dialled.error?.kind !== "timeout" || dialled.error.by !== "local";
    if (proves || tries === 5) return dialled;
  }
}

if (import.meta.main) {
  await using peer = await startPeer([{ stall: true }]);
  const outcomes: Record<string, string> = {};
  for (const host of Deno.args.length > 0 ? Deno.args : HOSTS) {
    const addresses = host.includes(",") ? { addresses: host.split(",") } : {};
    const request = { host, port: peer.port, ...addresses };
    const { connection, error } = await dialTo(request);
    // A busy machine adds time to a limit, and says so.
    const message = error?.message.replace(/^Cannot connect to \S+: /, "")
      .replace(/ plus [^;]* added because this process was stopped or busy/, "");
    outcomes[host] = connection?.peer.address ?? `${error?.kind} ${error?.by}: ${message}`;
    connection?.close();
  }
  console.log(JSON.stringify(outcomes));
}
