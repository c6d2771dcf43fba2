import { assertEquals } from "@std/assert";
import { LabConnection } from "../../../lib/conn/lab/lab_connection.ts";
import { TcpConnection } from "../../../lib/net/tcp_connection.ts";
import { testRows } from "../../_test_rows.ts";

const OK = new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

testRows<[name: string, act: (peer: Deno.Conn) => unknown, ready: boolean, surplus: number]>(
  "LabConnection.ready() sees octets and ends that arrived right before the call",
  [
    ["silence", () => {}, true, 0],
    ["a second answer", (peer) => peer.write(OK), false, OK.length],
    ["a line end", (peer) => peer.write(new Uint8Array([13, 10])), true, 2],
    ["FIN", (peer) => peer.close(), false, 0],
  ],
  async ([name, act, ready, surplus]) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const [conn, peer] = await Promise.all([
      Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
      listener.accept(),
    ]);
    await using connection = new LabConnection(new TcpConnection(conn));
    const asking = connection.ask({ method: "GET", bytes: new Uint8Array(1), upgrade: false }, 10_000);
    await peer.read(new Uint8Array(1));
    await peer.write(OK);
    assertEquals((await asking).type, "answered", name);
    const acting = act(peer);
    assertEquals(await connection.ready(), ready, name);
    assertEquals(connection.surplusBytes, surplus, name);
    await acting;
    if (name !== "FIN") peer.close();
  },
);
