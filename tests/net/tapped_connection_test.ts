import { assertEquals, assertObjectMatch } from "@std/assert";
import type { WireEvent } from "../../lib/wire/wire_event.ts";
import { TappedConnection } from "../../lib/net/tapped_connection.ts";
import { startPeer } from "../peer/peer.ts";
import { ascii, connectTo, readAll, TLS } from "./connect.ts";

for (const tls of [undefined, TLS]) {
  Deno.test(`TappedConnection reports all octets in order with their offsets${tls ? ", decrypted" : ""}`, async () => {
    await using peer = await startPeer(
      [{ expect: "one" }, { send: "two" }, { expect: "three" }, { send: "four" }],
      tls ? { tls: { certificate: "good" } } : {},
    );
    const heard: string[] = [];
    const plain = await connectTo(peer, tls ? { tls } : {});
    using connection = new TappedConnection(
      plain,
      (event) => {
        if (event.type === "sent" || event.type === "received") {
          heard.push(`${event.type} ${event.offset} ${String.fromCharCode(...event.bytes)}`);
        }
      },
      performance.now(),
      1,
    );
    assertEquals([connection.peer, connection.local, connection.tls], [plain.peer, plain.local, plain.tls]);
    assertEquals(await connection.write(ascii("one")), { type: "written" });
    await connection.read();
    await connection.write(ascii("three"));
    await connection.closeWrite();
    assertEquals(await readAll(connection), ["four", tls ? "close-notify" : "fin"]);
    assertEquals(heard, ["sent 0 one", "received 0 two", "sent 3 three", "received 3 four"]);
    connection.close();
    assertEquals(await plain.read(), { type: "closed" });
  });
}

Deno.test("TappedConnection distinguishes the end of TLS and FIN", async () => {
  await using peer = await startPeer([{ expect: "one" }, { closeNotify: true }, { expect: "two" }], {
    tls: { certificate: "good" },
  });
  const heard: WireEvent[] = [];
  using connection = new TappedConnection(
    await connectTo(peer, { tls: TLS }),
    (event) => void heard.push(event),
    performance.now(),
    1,
  );
  await connection.write(ascii("one"));
  assertEquals((await connection.read()).type, "close-notify");
  assertObjectMatch({ ...heard.at(-1)! }, { type: "end", by: "peer", how: "close-notify" });
  await connection.write(ascii("two"));
  assertEquals(await connection.waitForFin(), true);
  assertObjectMatch({ ...heard.at(-1)! }, { type: "end", by: "peer", how: "fin" });
});

Deno.test("TappedConnection explains a fault of TLS", async () => {
  await using peer = await startPeer([{ expect: "one" }, { sendRaw: "garbage" }, { stall: true }], {
    tls: { certificate: "good" },
  });
  const heard: WireEvent[] = [];
  using connection = new TappedConnection(
    await connectTo(peer, { tls: TLS }),
    (event) => void heard.push(event),
    performance.now(),
    1,
  );
  await connection.write(ascii("one"));
  assertEquals((await connection.read()).type, "error");
  assertObjectMatch({ ...heard.at(-1)! }, {
    type: "failed",
    message: "octets that are not a TLS record came",
  });
});
