import { assert, assertEquals } from "@std/assert";
import { ConnectionReader, type StreamEnd } from "../../lib/net/connection_reader.ts";
import { TcpConnection } from "../../lib/net/tcp_connection.ts";
import { testRows } from "../_test_rows.ts";
import { fixture, type PeerOptions, type Script, startPeer } from "../peer/peer.ts";
import { ascii, connectTo, LONGEST_WAIT, TLS } from "./connect.ts";

/** Writes down what a reader brings. */
class Notes {
  text = "";
  readonly ends: StreamEnd[] = [];
  readonly pieces: number[] = [];

  take(bytes: Uint8Array, at: number): void {
    this.text += new TextDecoder("latin1").decode(bytes);
    this.pieces.push(at);
  }

  end(end: StreamEnd): void {
    this.ends.push(end);
  }
}

const OVER_TLS: PeerOptions = { tls: { certificate: "good" } };

testRows<[name: string, script: Script, options: PeerOptions, text: string, end: Partial<StreamEnd>]>(
  "ConnectionReader passes every piece to its consumer, and the end once",
  [
    ["FIN", [{ send: "bye" }, { fin: true }, { stall: true }], {}, "bye", { by: "peer", how: "fin" }],
    ["RST", [{ send: "bye" }, { expect: "x" }, { rst: true }], {}, "bye", { by: "peer", how: "rst" }],
    [
      "close_notify and FIN",
      [{ send: "bye" }, { fin: true }, { stall: true }],
      OVER_TLS,
      "bye",
      { by: "peer", how: "close-notify", fin: true },
    ],
    [
      "TLS without close_notify",
      [{ send: "bye" }, { cut: true }, { stall: true }],
      OVER_TLS,
      "bye",
      { by: "peer", how: "tls-truncated" },
    ],
    ["an alert", [{ sendRaw: "\x15\x03\x03\x00\x02\x02\x28" }, { stall: true }], OVER_TLS, "", {
      by: "us",
      how: "error",
    }],
  ],
  async ([, script, options, text, expected]) => {
    await using peer = await startPeer([{ expect: "go" }, ...script], options);
    const notes = new Notes();
    await using reader = new ConnectionReader(
      await connectTo(peer, options.tls ? { tls: { ...TLS, caCerts: [fixture("ca.pem")] } } : {}),
      notes,
    );
    await reader.connection.write(ascii("gox"));
    const end = await reader.watch(LONGEST_WAIT);
    assert(end);
    assertEquals(notes.text, text);
    assertEquals({ ...end, ...expected }, { ...end });
    assertEquals(notes.ends.map(({ how }) => how), [expected.how]);
    assertEquals(reader.end?.error !== undefined, expected.how === "error");
    reader.close();
    assertEquals([notes.ends.length, reader.end?.how], [1, expected.how], "the first end counts");
  },
);

Deno.test("ConnectionReader.receiveUnless() leaves a read pending for the next call", async () => {
  await using peer = await startPeer([{ expect: "go" }, { send: "late" }, { stall: true }]);
  const notes = new Notes();
  await using reader = new ConnectionReader(await connectTo(peer), notes);
  assertEquals(await reader.receiveUnless(Promise.resolve(undefined)), undefined);
  assertEquals(reader.firstOctetAt, undefined);
  await reader.connection.write(ascii("go"));
  assertEquals((await reader.receive()).type, "data");
  assertEquals(notes.text, "late");
  assertEquals([reader.firstOctetAt, reader.lastOctetAt], [notes.pieces[0], notes.pieces[0]]);
});

Deno.test("ConnectionReader.startTurn() resets the time of the first octet, but not of the last", async () => {
  await using peer = await startPeer([{ send: "one" }, { expect: "go" }, { send: "two" }, { stall: true }]);
  await using reader = new ConnectionReader(await connectTo(peer), new Notes());
  await reader.receive();
  const { firstOctetAt } = reader;
  reader.startTurn();
  assertEquals([reader.firstOctetAt, reader.lastOctetAt], [undefined, firstOctetAt]);
  await reader.connection.write(ascii("go"));
  await reader.receive();
  assert(reader.firstOctetAt! > firstOctetAt!);
});

Deno.test("ConnectionReader.settle() reads arrived octets, and finds out whether the connection is open", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const notes = new Notes();
  const peer = listener.accept();
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  await using reader = new ConnectionReader(new TcpConnection(conn), notes);
  using other = await peer;
  assertEquals(await reader.settle(), true);
  await other.write(ascii("stray"));
  // A busy system may hand them on late.
  for (let looks = 0; looks < 100 && notes.text === ""; looks++) assertEquals(await reader.settle(), true);
  assertEquals(notes.text, "stray");
  await other.closeWrite();
  let open = true;
  for (let looks = 0; looks < 100 && open; looks++) open = await reader.settle();
  assertEquals([open, reader.end?.how], [false, "fin"]);
});

Deno.test("ConnectionReader.watch() ends with its signal, and leaves the connection open", async () => {
  await using peer = await startPeer([{ stall: true }]);
  const notes = new Notes();
  await using reader = new ConnectionReader(await connectTo(peer), notes);
  const over = new AbortController();
  const watching = reader.watch(LONGEST_WAIT, over.signal);
  over.abort();
  assertEquals(await watching, undefined);
  assertEquals(await reader.watch(LONGEST_WAIT, over.signal), undefined);
  assertEquals(await reader.watch(0), undefined);
  assertEquals(notes.ends, []);
});

Deno.test("ConnectionReader.close() records our end, and ends pending reads", async () => {
  await using peer = await startPeer([{ stall: true }]);
  const notes = new Notes();
  const reader = new ConnectionReader(await connectTo(peer), notes);
  const receiving = reader.receive();
  await reader[Symbol.asyncDispose]();
  assertEquals((await receiving).type, "closed");
  assertEquals(notes.ends.map(({ by, how }) => [by, how]), [["us", "closed"]]);
});
