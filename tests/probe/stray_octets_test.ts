import { assertEquals, assertGreaterOrEqual, assertMatch } from "@std/assert";
import type { SeriesOptions } from "../../lib/probe/series.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { fixture, type PeerOptions, type Script, startPeer } from "../peer/peer.ts";
import { codesOf, LAST, LONGEST, OK, REQUEST, STALL, urlOf } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

const STRAY = OK.replace("200 OK", "299 Stray");
const TLS: PeerOptions = { tls: { certificate: "good" } };

async function runReused(
  script: Script,
  options: SeriesOptions,
  peerOptions: PeerOptions = {},
): Promise<ProbeResult[]> {
  await using peer = await startPeer(script, peerOptions);
  const url = peerOptions.tls ? `https://localhost:${peer.port}/` : urlOf(peer);
  const caCerts = [fixture("ca.pem")];
  return await Array.fromAsync(probeSeries(url, { reuse: true, maxTime: LONGEST, caCerts, ...options }));
}

Deno.test("probeSeries() explains why it opened a new connection, and how the previous one ended", async (test) => {
  using _clock = skipWaits();
  const after = (...steps: Script): Script => [REQUEST, { send: OK }, { pause: 20 }, ...steps, STALL];
  const rows: [name: string, script: Script, why: string, message: RegExp, code: string[], how: string][] = [
    [
      "a stray answer",
      after({ send: STRAY }),
      "excess-data",
      /^the server sent 43 octets that no request had asked for, [\d.]+ ms after the previous answer$/,
      ["excess-data"],
      "open",
    ],
    [
      "a stray octet",
      after({ send: "x" }),
      "excess-data",
      /^the server sent 1 octet /,
      ["excess-data"],
      "open",
    ],
    [
      "FIN",
      after({ fin: true }),
      "fin",
      /^the peer closed the connection \(FIN\) [\d.]+ ms after the previous answer$/,
      [],
      "fin",
    ],
    ["RST", after({ rst: true }), "rst", /^the peer reset the connection \(RST\)/, [], "rst"],
    [
      "octets, and FIN",
      after({ send: "x" }, { fin: true }),
      "excess-data",
      /1 octet/,
      ["excess-data"],
      "fin",
    ],
    [
      "an announced end",
      [REQUEST, { send: LAST }, STALL],
      "announced",
      /^the previous answer announced a close$/,
      ["connection-lie"],
      "open",
    ],
    [
      "an end that is the default",
      [REQUEST, { send: "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi" }, STALL],
      "announced",
      /^no request may follow the previous answer on its connection$/,
      ["connection-lie"],
      "open",
    ],
  ];
  const both = rows.flatMap((row) => [{ name: `${row[0]} of TCP`, row, secure: false }, {
    name: `${row[0]} of TLS`,
    row,
    secure: true,
  }]);
  await stepRows(
    test,
    both,
    async ({ row: [name, script, whyPlain, messagePlain, codes, howPlain], secure }) => {
      // TLS has an end of its own.
      const peerOptions = secure ? TLS : {};
      const why = secure && whyPlain === "fin" ? "close-notify" : whyPlain;
      const how = secure && howPlain === "fin" ? "close-notify" : howPlain;
      const message = why === "close-notify" ? /^the peer ended TLS \(close_notify\) \d/ : messagePlain;
      const linger = { kept: 0, closing: 20 };
      const [first, second] = await runReused(script, { count: 2, interval: 300, linger }, peerOptions);
      assertEquals(first?.newConnection, undefined, name);
      assertEquals(second?.newConnection?.why, why, name);
      assertMatch(second!.newConnection!.message, message, name);
      assertEquals([first?.status, second?.status, second?.connection?.reused], [200, 200, false], name);
      assertEquals(codesOf(first!), codes, name);
      assertEquals(first?.connection?.end.how, how, name);
      if (howPlain === "fin") assertGreaterOrEqual(first!.connection!.end.after!, 10, name);
    },
  );
});

Deno.test("probeSeries() names the exchange that failed as the reason for a new connection", async () => {
  using _clock = skipWaits();
  const results = await runReused([REQUEST, { send: OK }, REQUEST, { send: "no response\r\n\r\n" }, STALL], {
    count: 3,
  });
  assertEquals(results.map(({ newConnection }) => newConnection), [
    undefined,
    undefined,
    { why: "failed", message: "the previous exchange failed in phase head" },
  ]);
});

Deno.test("probeSeries() never mistakes octets before the request for an answer, in 200 of 200 tries", async () => {
  using _clock = skipWaits();
  // The peer's octets leave in each turn of the loop around the moment in which the next request is due.
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const encoder = new TextEncoder();
  const answer = encoder.encode(OK);
  const stray = encoder.encode(STRAY);
  let turns = 0;
  const serve = async (conn: Deno.TcpConn): Promise<void> => {
    using connection = conn;
    const buffer = new Uint8Array(4096);
    while (await connection.read(buffer).catch(() => null) !== null) {
      await connection.write(answer);
      for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
      await connection.write(stray).catch(() => {});
    }
  };
  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of server) serving.push(serve(conn));
  })();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const linger = { kept: 0, closing: 0 };
  for (let run = 0; run < 200; run++) {
    turns = run % 40;
    const results = await Array.fromAsync(
      probeSeries(url, { count: 3, reuse: true, linger, maxTime: LONGEST }),
    );
    const taken = results.filter(({ status, error }) => status === 299 && error === undefined);
    assertEquals(taken.map(codesOf), [], `after ${turns} turns`);
    for (const [index, result] of results.entries()) {
      const next = results[index + 1];
      if (next?.newConnection === undefined) continue;
      assertEquals([next.newConnection.why, codesOf(result)], ["excess-data", ["excess-data"]]);
    }
  }
  server.close();
  await accepting;
  await Promise.all(serving);
});

testRows(
  "probeSeries() abandons a connection that sends octets without end",
  ["x", "\r\n"],
  async (flood) => {
    using _clock = skipWaits();
    const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const octets = new TextEncoder().encode(flood.repeat(64 * 1024));
    const serve = async (conn: Deno.TcpConn): Promise<void> => {
      using connection = conn;
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode(OK));
      while (await connection.write(octets).then(() => true, () => false));
    };
    const serving: Promise<void>[] = [];
    const accepting = (async () => {
      for await (const conn of server) serving.push(serve(conn));
    })();
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const linger = { kept: 0, closing: 0 };
    // Until the next request they fill the buffers, however slowly the system hands them on.
    const options = { count: 2, reuse: true, interval: 300, linger, maxTime: LONGEST };
    const results = await Array.fromAsync(probeSeries(url, options));
    assertEquals(results.map(({ status, connection }) => [status, connection?.reused]), [
      [200, false],
      [200, false],
    ]);
    server.close();
    await accepting;
    await Promise.all(serving);
  },
);
