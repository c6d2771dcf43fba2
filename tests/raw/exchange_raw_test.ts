import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { decodeLatin1 } from "../../lib/http/octets.ts";
import { exchangeRaw, parseHostPort, type RawOptions, type RawResult } from "../../lib/raw.ts";
import { runScript } from "../_process.ts";
import { fixture, type Script, startPeer } from "../peer/peer.ts";
import { stepRows, testRows } from "../_test_rows.ts";

/** A result with its octets as text, one code unit each. */
type TextResult = Omit<RawResult, "data"> & { data?: string };

function withText({ data, ...result }: RawResult): TextResult {
  return data ? { ...result, data: decodeLatin1(data) } : result;
}

/** Exchanges octets with a peer that does what the script says. */
async function against(
  script: Script,
  options: RawOptions,
): Promise<{ result: TextResult; received: string }> {
  await using peer = await startPeer(script);
  const result = await exchangeRaw(`127.0.0.1:${peer.port}`, options);
  const { received, gone } = await peer.connection(0);
  await gone;
  return { result: withText(result), received };
}

testRows<[
  name: string,
  script: Script,
  options: RawOptions,
  expected: Partial<TextResult>,
  end: string,
]>("exchangeRaw() reports who ended the exchange, how, and the received octets", [
  [
    "greeting and FIN",
    [{ send: "220 ready\r\n" }],
    {},
    { ok: true, data: "220 ready\r\n", stop: "peer" },
    "fin",
  ],
  ["nothing but FIN", [], {}, { ok: true, data: "", stop: "peer" }, "fin"],
  ["request and answer", [{ expect: "PING\r\n" }, { send: "+PONG\r\n" }], { send: "PING\r\n" }, {
    ok: true,
    sent: 6,
    data: "+PONG\r\n",
  }, "fin"],
  ["reset", [{ expect: "x" }, { send: "abc" }, { pause: 30 }, { rst: true }], { send: "x" }, {
    ok: false,
    data: "abc",
    stop: "peer",
  }, "rst"],
  [
    "silence",
    [{ send: "a" }, { stall: true }],
    { silenceTimeout: 50 },
    { ok: true, data: "a", stop: "silence" },
    "closed",
  ],
  [
    "silence before anything",
    [{ stall: true }],
    { silenceTimeout: 50 },
    { ok: true, data: "", stop: "silence" },
    "closed",
  ],
  ["text", [{ send: "one\r" }, { pause: 10 }, { send: "\ntwo" }, { stall: true }], { until: "\r\n" }, {
    ok: true,
    data: "one\r\n",
    stop: "until",
  }, "closed"],
  ["limit", [{ send: "abcdef" }, { stall: true }], { maxReceived: 4 }, {
    ok: true,
    data: "abcd",
    received: 4,
    stop: "max-received",
  }, "closed"],
  ["half-close", [{ expect: "hi" }, { send: "bye" }], { send: "hi", halfClose: true }, {
    ok: true,
    data: "bye",
  }, "fin"],
], async ([name, script, options, expected, end]) => {
  const { result } = await against(script, options);
  const actual = Object.fromEntries(
    Object.keys(expected).map((key) => [key, result[key as keyof TextResult]]),
  );
  assertEquals(actual, expected as Record<string, unknown>, name);
  assertEquals(result.end?.how, end, name);
  assertEquals(result.error?.kind, end === "rst" ? "reset" : undefined, name);
});

Deno.test("exchangeRaw() sends everything to the last octet while it reads", async () => {
  const large = new Uint8Array(8_000_000).map((_, index) => index % 251);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = listener.accept().then(async (conn) => {
    // With an echo server a client that does not read while it writes would get stuck.
    await conn.readable.pipeTo(conn.writable);
  });
  const result = await exchangeRaw(`127.0.0.1:${listener.addr.port}`, {
    send: large,
    halfClose: true,
    silenceTimeout: 20_000,
  });
  await serving;
  assertEquals([result.ok, result.sent, result.received, result.stop], [
    true,
    large.length,
    large.length,
    "peer",
  ]);
  assert(large.every((octet, index) => result.data?.[index] === octet));
});

Deno.test("exchangeRaw() sends the octets of a source in pieces of any size", async () => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const unit of "PING\r\n") yield await Promise.resolve(new TextEncoder().encode(unit));
  }
  const { result, received } = await against([{ expect: "PING\r\n" }, { send: "ok" }], { send: pieces() });
  assertEquals([result.ok, result.sent, result.data, received], [true, 6, "ok", "PING\r\n"]);
});

Deno.test("exchangeRaw() alternates sending and waiting, and names the text that did not arrive", async (test) => {
  const dialogue: Script = [
    { send: "220-hi\r\n220 " },
    { send: "ready\r\n" },
    { expect: "EHLO x\r\n" },
    { send: "250-a\r\n25" },
    { send: "0 b\r\n" },
    { expect: "QUIT\r\n" },
    { send: "221 bye\r\n" },
  ];
  const ehlo = { after: "\n220 ", send: "EHLO x\r\n" };
  const quit = { after: "\n250 ", send: new TextEncoder().encode("QUIT\r\n") };
  const rows: [
    script: Script,
    options: RawOptions,
    expected: Partial<TextResult>,
    error: string | undefined,
  ][] = [
    [dialogue, { send: [ehlo, quit] }, { ok: true, sent: 14, stop: "peer" }, undefined],
    [dialogue, { send: [ehlo, quit], until: "\r\n" }, { ok: true, sent: 14, stop: "until" }, undefined],
    [dialogue, { send: [{ ...ehlo, after: "" }, quit] }, { ok: true, early: 0 }, undefined],
    [
      [...dialogue.slice(0, 4), { stall: true }],
      { send: [ehlo, quit], silenceTimeout: 50 },
      { ok: false, sent: 8, stop: "silence" },
      'timeout wait target: "\\n250 " did not come, so that the rest was not sent, after 8 octets sent and ',
    ],
    [
      [{ send: "554 no\r\n" }],
      { send: [ehlo] },
      { ok: false, sent: 0, received: 8, stop: "peer" },
      'closed wait target: "\\n220 " did not come, so that the rest was not sent, after 0 octets sent and 8 received',
    ],
    // The greeting is over; what it held does not count for the next turn.
    [
      [{ send: "220 a\r\n250 b\r\n" }, { expect: "EHLO x\r\n" }, { stall: true }],
      { send: [{ ...ehlo, after: "220 a\r\n250 b\r\n" }, { ...quit, after: "250 " }], silenceTimeout: 50 },
      { ok: false, sent: 8, early: 14, stop: "silence" },
      'timeout wait target: "250 " did not come',
    ],
  ];
  await stepRows(test, rows, async ([script, options, expected, error]) => {
    const { result } = await against(script, options);
    const seen = Object.fromEntries(
      Object.keys(expected).map((key) => [key, result[key as keyof TextResult]]),
    );
    assertEquals(seen, expected, `${result.error?.message}`);
    const { kind, phase, by, message = "" } = result.error ?? {};
    const cause = message.replace(/^Cannot exchange octets with [^ ]+: /, "");
    assertEquals(result.error && `${kind} ${phase} ${by}: ${cause}`.slice(0, error?.length), error);
  });
});

Deno.test("exchangeRaw() reports octets that arrived before it sent anything", async () => {
  const greeting = Promise.withResolvers<void>();
  const typed = (async function* () {
    await greeting.promise;
    yield new TextEncoder().encode("x");
  })();
  const script: Script = [{ send: "220 ready\r\n" }, { expect: "x" }];
  const { result } = await against(script, {
    send: typed,
    onReceived: () => greeting.resolve(),
  });
  assertEquals([result.early, result.received, result.sent], [11, 11, 1]);
  assertEquals((await against([{ send: "a" }], {})).result.early, undefined);
});

Deno.test("exchangeRaw() does not wait for a source when the peer has ended", async () => {
  const source = new ReadableStream<Uint8Array>({ start() {} });
  const { result } = await against([{ send: "bye" }], { send: source });
  assertEquals([result.ok, result.data, result.stop], [true, "bye", "peer"]);
});

Deno.test("exchangeRaw() continues sending to a peer that has ended only its own side", async () => {
  const text = "x".repeat(100_000);
  const { result, received } = await against([{ fin: true }, { expect: text.length }], { send: text });
  assertEquals([result.ok, result.sent, received.length, result.end?.how], [
    true,
    text.length,
    text.length,
    "fin",
  ]);
});

Deno.test("exchangeRaw() reports a missing FIN after the end of TLS, and still sends everything", async () => {
  const script: Script = [{ send: "ho" }, { closeNotify: true }, { expect: "hi" }, { stall: true }];
  await using peer = await startPeer(script, { tls: { certificate: "good" } });
  const tls = { caCerts: [fixture("ca.pem")] };
  const { ok, end } = await exchangeRaw(`127.0.0.1:${peer.port}`, { send: "hi", tls });
  assertEquals([ok, end?.how, end?.fin], [true, "close-notify", false]);
});

Deno.test("exchangeRaw() works over TLS, IPv6 and Unix sockets", async () => {
  const script: Script = [{ expect: "hi" }, { send: "ho" }];
  await using tls = await startPeer(script, { tls: { certificate: "good" } });
  const caCerts = [fixture("ca.pem")];
  const secure = withText(await exchangeRaw(`127.0.0.1:${tls.port}`, { send: "hi", tls: { caCerts } }));
  assertEquals([secure.ok, secure.data, secure.tls?.verified], [true, "ho", true]);
  assertEquals([secure.end?.how, secure.end?.fin], ["close-notify", true]);
  const refused = await exchangeRaw(`127.0.0.1:${tls.port}`, { send: "hi", tls: true });
  assertEquals([refused.ok, refused.error?.kind, refused.sent], [false, "certificate", 0]);
  const insecure = withText(
    await exchangeRaw(`127.0.0.1:${tls.port}`, { send: "hi", tls: { verify: false } }),
  );
  assertEquals([insecure.ok, insecure.data, insecure.tls?.verified], [true, "ho", false]);

  await using six = await startPeer(script, { address: "::1" });
  const overSix = withText(await exchangeRaw(`[::1]:${six.port}`, { send: "hi" }));
  assertEquals([overSix.data, overSix.connection?.peer.family], ["ho", 6]);

  const folder = await Deno.makeTempDir();
  try {
    await using local = await startPeer(script, { path: `${folder}/socket` });
    const result = withText(await exchangeRaw(local.path, { send: "hi", unixSocket: local.path }));
    assertEquals([result.ok, result.data], [true, "ho"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("exchangeRaw() ends at its time limit and when it is aborted", async () => {
  const late = await against([{ send: "a" }, { stall: true }], { maxTime: 60, silenceTimeout: 5_000 });
  assertEquals([late.result.ok, late.result.error?.kind, late.result.data], [false, "timeout", "a"]);
  const stop = new AbortController();
  const onReceived = (): void => stop.abort();
  const aborted = await against([{ send: "a" }, { stall: true }], { signal: stop.signal, onReceived });
  assertEquals([aborted.result.error?.kind, aborted.result.error?.by], ["aborted", "local"]);
});

Deno.test("exchangeRaw() reports a connection that could not be established", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const result = await exchangeRaw(`127.0.0.1:${port}`);
  assertEquals([result.ok, result.error?.kind, result.stop, result.sent], [false, "refused", undefined, 0]);
  await assertRejects(() => exchangeRaw("127.0.0.1"), SyntaxError, "write HOST:PORT");
  await assertRejects(() => exchangeRaw("127.0.0.1:1", { until: "" }), TypeError, "empty");
});

Deno.test("exchangeRaw() measures the silence from the last octet", async () => {
  const { result } = await against([{ send: "a" }, { pause: 60 }, { send: "b" }, { stall: true }], {
    silenceTimeout: 150,
  });
  assertEquals(result.data, "ab");
  assertGreater(result.end?.after ?? 0, 140);
});

Deno.test("parseHostPort() requires a host and a port", async (test) => {
  assertEquals(parseHostPort("[::1]:6379"), { host: "::1", port: 6379 });
  assertEquals(parseHostPort(" example.com:25 "), { host: "example.com", port: 25 });
  assertEquals(parseHostPort("[0:0::1%lo]:1"), { host: "::1%lo", port: 1 });
  assertEquals(parseHostPort("XN--A.-b_.test.:1"), { host: "xn--a.-b_.test.", port: 1 });
  assertEquals(parseHostPort("bücher.test:1"), { host: "xn--bcher-kva.test", port: 1 });
  assertEquals(parseHostPort("127.1:1"), { host: "127.0.0.1", port: 1 });
  await stepRows(test, [
    "",
    "example.com",
    "example.com:0",
    "example.com:65536",
    "::1:25",
    "a b:1",
    "http://a:1",
    "a|b:1",
    "[::g]:1",
  ], (text) => {
    let message = "";
    try {
      parseHostPort(text);
    } catch (error) {
      message = String(error);
    }
    assert(message.startsWith("SyntaxError: Cannot connect to"), text);
  });
});

Deno.test("exchangeRaw() does not count loading modules as part of the handshake", async () => {
  await using peer = await startPeer([{ send: "hi" }], { tls: { certificate: "good" } });
  const script = `
    const ask = () => it.exchangeRaw("127.0.0.1:${peer.port}", { tls: { verify: false } });
    console.log((await ask()).timings.tls - (await ask()).timings.tls);`;
  // Loading takes 40 ms and more in any process; a busy machine slows one down now and then.
  let best = Infinity;
  for (let tries = 0; tries < 5 && best > 20; tries++) {
    const { stdout, stderr } = await runScript("lib/raw.ts", script);
    assertEquals(stderr, "");
    best = Math.min(best, Number(stdout));
  }
  assert(best <= 20, `${best} ms more than the second handshake`);
});
