/**
 * Leaves a large transfer over TLS unread, in a process of its own whose memory is that of this alone. Prints how much
 * more memory it took.
 *
 * @module
 */

import { startPeer } from "../peer/peer.ts";
import { ascii, connectTo, TLS } from "./connect.ts";

if (import.meta.main) {
  const size = 64 * 2 ** 20;
  await using peer = await startPeer([{ expect: "go" }, { flood: size }], { tls: { certificate: "good" } });
  using connection = await connectTo(peer, { tls: TLS });
  await connection.write(ascii("go"));
  await connection.read();
  const before = Deno.memoryUsage().rss;
  // The peer sends on until the buffers of the system are full; these are no part of our memory.
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log(JSON.stringify({ size, more: Deno.memoryUsage().rss - before }));
}
