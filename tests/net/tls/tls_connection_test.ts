import { assert, assertEquals } from "@std/assert";
import { runModule } from "../../_process.ts";
import { type Script, startPeer } from "../../peer/peer.ts";
import { ascii, assertClosedWhilePending, connectTo, countAll, readAll, TLS } from "../connect.ts";

/** What the peer does after `go`, what is read of it first, and the end. */
const ENDS: readonly (readonly [title: string, script: Script, text: string, end: string])[] = [
  ["close_notify and FIN", [{ send: "bye" }, { fin: true }], "bye", "close-notify"],
  [
    "close_notify without FIN",
    [{ send: "bye" }, { closeNotify: true }, { stall: true }],
    "bye",
    "close-notify",
  ],
  ["FIN without close_notify", [{ send: "bye" }, { cut: true }, { stall: true }], "bye", "tls-truncated"],
  // In TLS 1.3 a record of two octets is as long as an encrypted alert.
  ["FIN after two octets", [{ send: "by" }, { cut: true }, { stall: true }], "by", "tls-truncated"],
  ["a reset", [{ send: "bye" }, { expect: "x" }, { rst: true }], "bye", "rst"],
  [
    "a record cut off by FIN",
    [{ sendRaw: "\x17\x03\x03\x00\x20abc" }, { cut: true }, { stall: true }],
    "",
    "tls-truncated",
  ],
  [
    "octets that are no record",
    [{ send: "bye" }, { sendRaw: "HTTP/1.1 200 OK\r\n\r\n" }, { stall: true }],
    "bye",
    "error",
  ],
];

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  for (const [title, script, text, end] of ENDS) {
    Deno.test(`TlsConnection.read() over ${version} reports ${title}`, async () => {
      await using peer = await startPeer([{ expect: "go" }, ...script], {
        tls: { certificate: "good", version },
      });
      using connection = await connectTo(peer, { tls: TLS });
      assertEquals(connection.tls?.version, version);
      assertEquals(await connection.write(ascii("go")), { type: "written" });
      if (text !== "") {
        const first = await connection.read();
        assertEquals(first.type === "data" && String.fromCharCode(...first.bytes), text);
        await connection.write(ascii("x"));
      }
      assertEquals(await readAll(connection), ["", end]);
      assertEquals((await connection.read()).type, end, "an end is reported again");
    });
  }

  Deno.test(`TlsConnection.closeWrite() over ${version} ends sending, and reading continues`, async () => {
    await using peer = await startPeer(
      [{ expect: "last words" }, { pause: 20 }, { send: "and the answer" }],
      { tls: { certificate: "good", version } },
    );
    using connection = await connectTo(peer, { tls: TLS });
    await connection.write(ascii("last words"));
    await connection.closeWrite();
    assertEquals(await connection.write(ascii("more")), { type: "broken", how: "pipe" });
    assertEquals(await readAll(connection), ["and the answer", "close-notify"]);
    assertEquals(peer.connections[0]?.seenEnd, "fin");
    assertEquals(peer.connections[0]?.received, "last words");
  });
}

const FINS: readonly (readonly [title: string, script: Script, fin: boolean])[] = [
  ["comes with close_notify", [{ fin: true }, { stall: true }], true],
  ["comes later", [{ closeNotify: true }, { expect: "y" }], true],
  ["is a reset", [{ closeNotify: true }, { expect: "y" }, { rst: true }], false],
  [
    "comes behind octets that are no TLS any more",
    [{ closeNotify: true }, { expect: "y" }, { sendRaw: "x".repeat(100_000) }, { cut: true }],
    true,
  ],
];

for (const [title, script, fin] of FINS) {
  Deno.test(`TlsConnection.waitForFin() finds that the end of the stream ${title}`, async () => {
    await using peer = await startPeer([{ expect: "go" }, ...script], { tls: { certificate: "good" } });
    using connection = await connectTo(peer, { tls: TLS });
    await connection.write(ascii("go"));
    assertEquals((await connection.read()).type, "close-notify");
    await connection.write(ascii("y"));
    assertEquals(await connection.waitForFin?.(), fin);
    assertEquals((await connection.read()).type, "close-notify", "an end is reported again");
  });
}

Deno.test("TlsConnection.waitForFin() returns when we close", async () => {
  await using peer = await startPeer([{ closeNotify: true }, { stall: true }], {
    tls: { certificate: "good" },
  });
  using connection = await connectTo(peer, { tls: TLS });
  assertEquals((await connection.read()).type, "close-notify");
  const waiting = connection.waitForFin?.();
  connection.close();
  assertEquals(await waiting, false);
});

Deno.test("TlsConnection.read() gives all octets of a large transfer", async () => {
  const size = 64 * 2 ** 20;
  await using peer = await startPeer([{ expect: "go" }, { flood: size }], { tls: { certificate: "good" } });
  using connection = await connectTo(peer, { tls: TLS });
  await connection.write(ascii("go"));
  assertEquals(await countAll(connection), [size, "close-notify"]);
});

Deno.test("TlsConnection receives no more from the peer than the caller reads", async () => {
  const { stdout, stderr } = await runModule("tests/net/_unread_child.ts", ["--allow-all"], []);
  assertEquals(stderr, "");
  const { size, more } = JSON.parse(stdout);
  assert(more < size / 2, `${more} of ${size} octets`);
});

Deno.test("TlsConnection.close() ends a pending read and a pending write", async () => {
  await using peer = await startPeer([{ expect: "go" }, { deaf: true }, { stall: true }], {
    tls: { certificate: "good" },
  });
  using connection = await connectTo(peer, { tls: TLS });
  await connection.write(ascii("go"));
  await assertClosedWhilePending(connection);
});

Deno.test("TlsConnection.write() waits for a peer that does not read", async () => {
  await using peer = await startPeer([{ expect: "go" }, { deaf: true }, { stall: true }], {
    tls: { certificate: "good" },
  });
  using connection = await connectTo(peer, { tls: TLS });
  await connection.write(ascii("go"));
  let written = false;
  const writing = connection.write(new Uint8Array(64 * 2 ** 20)).then((outcome) => {
    written = outcome.type === "written";
  });
  const later = Promise.withResolvers<void>();
  setTimeout(later.resolve, 200);
  await later.promise;
  assertEquals(written, false);
  connection.close();
  await writing;
});

Deno.test("TlsConnection continues reading after a write failed with a reset", async () => {
  await using peer = await startPeer([{ expect: "go" }, { send: "too large" }, { rst: true }], {
    tls: { certificate: "good" },
  });
  using connection = await connectTo(peer, { tls: TLS });
  await connection.write(ascii("go"));
  await (await peer.connection(0)).gone;
  assertEquals(await connection.write(ascii("body")), { type: "broken", how: "rst" });
  assertEquals(await readAll(connection), ["too large", "rst"]);
});

Deno.test("TlsConnection.closeWrite() returns after the peer has ended TLS, and the peer sees FIN", async () => {
  await using peer = await startPeer([{ send: "hi" }, { closeNotify: true }, { stall: true }], {
    tls: { certificate: "good" },
  });
  using connection = await connectTo(peer, { tls: TLS });
  assertEquals(await readAll(connection), ["hi", "close-notify"]);
  await connection.closeWrite();
  const { gone } = await peer.connection(0);
  await gone;
  assertEquals((await peer.connection(0)).seenEnd, "fin");
});
