import { assertEquals } from "@std/assert";
import { askSystem } from "../../lib/net/ask_system.ts";
import type { Connection } from "../../lib/net/connection.ts";
import { TcpConnection } from "../../lib/net/tcp_connection.ts";

Deno.test("askSystem() finds what has arrived, 200 times of 200", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [conn, peer] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
    listener.accept(),
  ]);
  using connection: Connection = new TcpConnection(conn);
  using _peer = peer;
  let found = 0;
  for (let round = 0; round < 200; round++) {
    let arrived = false;
    const reading = connection.read().then(() => arrived = true);
    // The write is done in the turn in which the look begins, and in one of those before it.
    for (let turn = 0; turn < round % 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    const writing = peer.write(new Uint8Array(1));
    await askSystem(connection);
    if (arrived) found++;
    await writing;
    await reading;
  }
  assertEquals(found, 200);
});

Deno.test("askSystem() does not wait for what has not arrived", async () => {
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
  await askSystem(connection);
  assertEquals(arrived, true);
  assertEquals(await reading, "fin");
  connection.close();
});
