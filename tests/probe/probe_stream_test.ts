import { assert, assertEquals, assertRejects } from "@std/assert";
import { BodyStreamError } from "../../lib/probe/body_stream.ts";
import { probeStream } from "../../lib/probe/probe_stream.ts";
import { startPeer } from "../peer/peer.ts";
import { testRows } from "../_test_rows.ts";
import { REQUEST, STALL, urlOf } from "./_peers.ts";

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n";

testRows<[name: string, pieces: string[]]>(
  "probeStream() gives the same content however the octets are cut",
  [
    ["whole", [CHUNKED]],
    ["in two", [CHUNKED.slice(0, 60), CHUNKED.slice(60)]],
    ["octet by octet", [...CHUNKED]],
  ],
  async ([, pieces]) => {
    await using peer = await startPeer([REQUEST, ...pieces.map((send) => ({ send })), STALL]);
    const { result, body } = probeStream(urlOf(peer), { keepSha256: true });
    assertEquals(await new Response(body).text(), "hello");
    const { ok, body: facts } = await result;
    assertEquals([ok, facts?.bytes, facts?.sha256?.slice(0, 8)], [true, 5, "2cf24dba"]);
  },
);

Deno.test("probeStream() reads no faster than its consumer, and loses nothing", async () => {
  const size = 8 * 1024 * 1024;
  let sent = 0;
  const content = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(64 * 1024));
      sent += 64 * 1024;
      if (sent === size) controller.close();
    },
  }, { highWaterMark: 0 });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(content),
  );
  const { result, body } = probeStream(`http://127.0.0.1:${server.addr.port}/`);
  const reader = body.getReader();
  const first = await reader.read();
  // Buffers of the system take some; nothing moves any more once they are full.
  for (let before = -1; before !== sent;) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert(sent < size, "the whole content was read while nobody took it");
  let octets = first.value?.length ?? 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) octets += next.value.length;
  const { ok, body: facts } = await result;
  assertEquals([octets, ok, facts?.bytes], [size, true, size]);
});

testRows<[name: string, content: string]>(
  "probeStream() ends the exchange when the stream is cancelled",
  [["while more comes", "he"], ["while the reader is slower", "x".repeat(200_000)]],
  async ([, content]) => {
    const head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
    await using peer = await startPeer([REQUEST, { send: head + content }, STALL]);
    const { result, body } = probeStream(urlOf(peer));
    const reader = body.getReader();
    await reader.read();
    await reader.cancel();
    const { ok, error, status } = await result;
    assertEquals([ok, error?.kind, error?.by, status], [false, "aborted", "local", 200]);
  },
);

Deno.test("probeStream() fails the stream like the result if the content is cut off", async () => {
  const cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
  await using peer = await startPeer([REQUEST, { send: cut }, { fin: true }, STALL]);
  const { result, body } = probeStream(urlOf(peer));
  const reader = body.getReader();
  assertEquals(new TextDecoder().decode((await reader.read()).value), "hello");
  const { error } = await assertRejects(() => reader.read(), BodyStreamError, "5 of 10 octets");
  assertEquals((await result).error, error);
});

Deno.test("probeStream() fails the stream if there is no connection, or if the signal aborts", async () => {
  const refused = probeStream("http://127.0.0.1:1/");
  await assertRejects(() => refused.body.getReader().read(), BodyStreamError, "refused");
  assertEquals((await refused.result).error?.kind, "refused");

  await using peer = await startPeer([REQUEST, { send: "HTTP/1.1 200 OK\r\n\r\nhe" }, STALL]);
  const stop = new AbortController();
  const aborted = probeStream(urlOf(peer), { signal: stop.signal });
  const reader = aborted.body.getReader();
  await reader.read();
  stop.abort();
  await assertRejects(() => reader.read(), BodyStreamError);
  assertEquals((await aborted.result).error?.kind, "aborted");
});

Deno.test("probeStream() stops at maxBody, and gives the content up to there", async () => {
  await using peer = await startPeer([REQUEST, { send: CHUNKED }, STALL]);
  const { result, body } = probeStream(urlOf(peer), { maxBody: 3 });
  const pieces: string[] = [];
  await assertRejects(async () => {
    for await (const piece of body) pieces.push(new TextDecoder().decode(piece));
  }, BodyStreamError);
  assertEquals([(await result).error?.kind, pieces.join("").length <= 3], ["limit", true]);
});
