import { assertEquals } from "@std/assert";
import { tapConnection } from "../../lib/net/tap.ts";
import { startPeer } from "../peer/peer.ts";
import { ascii, connectTo, readAll, TLS } from "./connect.ts";

for (const tls of [undefined, TLS]) {
  Deno.test(`tapConnection() tells all octets in order${tls ? ", decrypted" : ""}`, async () => {
    await using peer = await startPeer(
      [{ expect: "one" }, { send: "two" }, { expect: "three" }, { send: "four" }],
      tls ? { tls: { certificate: "good" } } : {},
    );
    const heard: string[] = [];
    const plain = await connectTo(peer, tls ? { tls } : {});
    using connection = tapConnection(plain, (direction, bytes) => {
      heard.push(`${direction} ${String.fromCharCode(...bytes)}`);
    });
    assertEquals([connection.peer, connection.local, connection.tls], [plain.peer, plain.local, plain.tls]);
    assertEquals(await connection.write(ascii("one")), { type: "written" });
    await connection.read();
    await connection.write(ascii("three"));
    await connection.closeWrite();
    assertEquals(await readAll(connection), ["four", "fin"]);
    assertEquals(heard, ["sent one", "received two", "sent three", "received four"]);
    connection.close();
    assertEquals(await plain.read(), { type: "closed" });
  });
}
