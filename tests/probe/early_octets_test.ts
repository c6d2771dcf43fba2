import { assertEquals, assertGreaterOrEqual, assertMatch } from "@std/assert";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { fixture, type Script, startPeer } from "../peer/peer.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const REQUEST = { expect: "\r\n\r\n" };
const STALL = { stall: true } as const;

Deno.test("probe() with listenFirst reports octets that arrive before the request", async (test) => {
  using _clock = skipWaits();
  const data = (excerpt: string): [string, number, string][] => [["excess-data", 0, excerpt]];
  const rows: [
    name: string,
    script: Script,
    error: RegExp | undefined,
    deviations: [code: string, offset: number, excerpt: string | undefined][],
  ][] = [
    ["silence", [REQUEST, { send: OK }, STALL], undefined, []],
    [
      "an SSH greeting",
      [{ send: "SSH-2.0-x\r\n" }, STALL],
      /^syntax wait target: .* the server sent 11 octets before it; this looks like an SSH greeting$/,
      data("SSH-2.0-x\\r\\n"),
    ],
    [
      "a refusal in one octet",
      [{ send: "4" }, STALL],
      /^syntax .* the server sent 1 octet before it; this looks like an unknown protocol/,
      data("4"),
    ],
    [
      "an answer, and FIN",
      [{ send: OK }, { fin: true }, STALL],
      /^syntax .* the server sent 38 octets before it; this looks like a response to no request$/,
      data("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"),
    ],
    ["an empty line", [{ send: "\r\n" }, REQUEST, { send: OK }, STALL], undefined, [[
      "excess-crlf",
      0,
      "\\r\\n",
    ]]],
    [
      "FIN",
      [{ pause: 10 }, { fin: true }, STALL],
      /^closed wait target: .* closed the connection before it$/,
      [],
    ],
    ["RST", [{ pause: 10 }, { rst: true }], /^reset wait target: .* reset the connection before it$/, []],
  ];
  await stepRows(test, rows, async ([name, script, error, deviations]) => {
    await using peer = await startPeer(script);
    const result = await probe(`http://127.0.0.1:${peer.port}/`, {
      // It is over when the connection is.
      listenFirst: name === "FIN" || name === "RST" ? 5_000 : 150,
      linger: { kept: 0, closing: 0 },
    });
    const { kind, phase, by, message } = result.error ?? {};
    if (error) assertMatch(`${kind} ${phase} ${by}: ${message}`, error, name);
    assertEquals([result.ok, result.status], error ? [false, undefined] : [true, 200], name);
    const seen = result.deviations.filter(({ class: kind }) => kind !== "fatal")
      .map(({ code, offset, excerpt }) => [code, offset, excerpt]);
    assertEquals(seen, deviations, name);
    const { received } = await peer.connection(0);
    assertEquals([received === "", result.connection?.requestNumber], error ? [true, 0] : [false, 1], name);
    if (!error) assertGreaterOrEqual(result.timings.total, 150);
  });
});

Deno.test("probe() with listenFirst also listens over TLS, and respects maxTime", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([{ send: "220 ready\r\n" }, STALL], { tls: { certificate: "good" } });
  const options = { listenFirst: 60, caCerts: [fixture("ca.pem")] };
  const result = await probe(`https://localhost:${peer.port}/`, options);
  assertEquals(result.error?.kind, "syntax");
  assertMatch(
    result.error!.message,
    /11 octets before it; this looks like the greeting of an SMTP or FTP server$/,
  );
  await using silent = await startPeer([STALL]);
  const late = await probe(`http://127.0.0.1:${silent.port}/`, { listenFirst: 60_000, maxTime: 50 });
  assertEquals(late.error?.kind, "timeout");
  assertMatch(late.error!.message, /the whole exchange took longer than 50 ms/);
});

Deno.test("probeSeries() with listenFirst listens once on each connection", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([REQUEST, { send: OK }, REQUEST, { send: OK }, STALL]);
  const results = [];
  const options = { listenFirst: 60, count: 2, reuse: true, linger: { kept: 0, closing: 0 } };
  for await (const result of probeSeries(`http://127.0.0.1:${peer.port}/`, options)) results.push(result);
  assertEquals(results.map(({ ok, connection }) => [ok, connection?.requestNumber]), [[true, 1], [true, 2]]);
  assertEquals(results.map(({ timings }) => timings.total >= 60), [true, false]);
});
