import { assertEquals } from "@std/assert";
import { type Script, startPeer } from "../peer/peer.ts";
import { ascii, assertClosedWhilePending, connectTo, countAll, readAll } from "./connect.ts";

const ENDS: readonly (readonly [title: string, script: Script, text: string, end: string])[] = [
  ["FIN", [{ send: "bye" }, { fin: true }, { stall: true }], "bye", "fin"],
  ["FIN without octets", [{ fin: true }, { stall: true }], "", "fin"],
  ["a reset behind octets", [{ send: "bye" }, { expect: "x" }, { rst: true }], "bye", "rst"],
  ["octets one by one", [{ drip: "bye", every: 1 }, { fin: true }], "bye", "fin"],
];

for (const [title, script, text, end] of ENDS) {
  Deno.test(`TcpConnection.read() reports ${title}`, async () => {
    await using peer = await startPeer([{ expect: "go" }, ...script]);
    using connection = await connectTo(peer);
    assertEquals(await connection.write(ascii("gox")), { type: "written" });
    assertEquals(await readAll(connection), [text, end]);
    assertEquals((await connection.read()).type, end, "an end is reported again");
  });
}

Deno.test("TcpConnection continues reading after a write failed with a reset, and remembers the reset", async () => {
  await using peer = await startPeer([{ expect: "go" }, { send: "too large" }, { rst: true }]);
  using connection = await connectTo(peer);
  await connection.write(ascii("go"));
  await (await peer.connection(0)).gone;
  assertEquals(await connection.write(ascii("body")), { type: "broken", how: "rst" });
  assertEquals(await connection.write(ascii("body")), { type: "broken", how: "rst" });
  assertEquals(await readAll(connection), ["too large", "rst"]);
});

Deno.test("TcpConnection.write() sends all octets to a slow reader", async () => {
  const size = 32 * 2 ** 20;
  await using peer = await startPeer([{ expect: size }, { send: "all" }]);
  using connection = await connectTo(peer);
  assertEquals(await connection.write(new Uint8Array(size)), { type: "written" });
  assertEquals(await readAll(connection), ["all", "fin"]);
  assertEquals(peer.connections[0]?.received.length, size);
});

Deno.test("TcpConnection.read() gives all octets of a large transfer", async () => {
  const size = 256 * 2 ** 20;
  await using peer = await startPeer([{ expect: "go" }, { flood: size }]);
  using connection = await connectTo(peer);
  await connection.write(ascii("go"));
  assertEquals(await countAll(connection), [size, "fin"]);
});

Deno.test("TcpConnection.closeWrite() sends FIN, and reading continues", async () => {
  await using peer = await startPeer([{ expect: "last words" }, { pause: 20 }, { send: "and the answer" }]);
  using connection = await connectTo(peer);
  await connection.write(ascii("last words"));
  await connection.closeWrite();
  await connection.closeWrite();
  assertEquals(await readAll(connection), ["and the answer", "fin"]);
  assertEquals(peer.connections[0]?.seenEnd, "fin");
});

Deno.test("TcpConnection.close() ends a pending read and a pending write", async () => {
  await using peer = await startPeer([{ deaf: true }, { stall: true }]);
  using connection = await connectTo(peer);
  await assertClosedWhilePending(connection);
});

Deno.test("TcpConnection.read() returns octets that stay unchanged after the connection is closed", async () => {
  await using peer = await startPeer([[{ send: "first" }], [{ send: "other" }]]);
  const one = await connectTo(peer);
  const read = await one.read();
  one.close();
  using two = await connectTo(peer);
  assertEquals(await readAll(two), ["other", "fin"]);
  assertEquals(read.type === "data" && String.fromCharCode(...read.bytes), "first");
});

Deno.test("TcpConnection knows both endpoints", async () => {
  await using peer = await startPeer([{ stall: true }]);
  using connection = await connectTo(peer);
  assertEquals(connection.peer, { address: "127.0.0.1", port: peer.port, family: 4 });
  assertEquals(connection.local.address, "127.0.0.1");
  assertEquals(connection.tls, undefined);
});
