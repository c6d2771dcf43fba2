import { assert, assertEquals } from "@std/assert";
import { askSystem } from "../../lib/net/ask_system.ts";
import type { Connection } from "../../lib/net/connection.ts";
import { TcpConnection } from "../../lib/net/tcp_connection.ts";

Deno.test("askSystem() finds arrived octets, in each turn in which it may", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [conn, peer] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
    listener.accept(),
  ]);
  using connection: Connection = new TcpConnection(conn);
  using _peer = peer;
  const found = [0, 0, 0, 0];
  for (let round = 0; round < 200; round++) {
    let arrived = false;
    const reading = connection.read().then(() => arrived = true);
    // The write is done in the turn in which the look begins, and in one of those before it.
    for (let turn = 0; turn < round % 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    const writing = peer.write(new Uint8Array(1));
    await askSystem(connection);
    if (arrived) found[round % 4]!++;
    await writing;
    await reading;
  }
  // A look that ends a turn too early finds none of the 50; a busy system hands on some late, even on this machine.
  assert(found.every((count) => count >= 40), `${found}`);
});

Deno.test("askSystem() does not wait for octets that have not arrived", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [conn, peer] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
    listener.accept(),
  ]);
  const connection: Connection = new TcpConnection(conn);
  let arrived = false;
  const reading = connection.read().then(({ type }) => {
    arrived = true;
    return type;
  });
  await askSystem(connection);
  assertEquals(arrived, false);
  peer.close();
  for (let look = 0; look < 20 && !arrived; look++) await askSystem(connection);
  assertEquals(arrived, true);
  assertEquals(await reading, "fin");
  connection.close();
});
