/**
 * Leaves a large transfer over TLS unread in a separate process, and prints how much memory this took.
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
  // The peer sends until the buffers of the system are full, which do not count as our memory.
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log(JSON.stringify({ size, more: Deno.memoryUsage().rss - before }));
}
