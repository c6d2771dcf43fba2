import { assertEquals } from "@std/assert";
import { probeTarget } from "../../lib/probe/probe.ts";
import { parseTarget } from "../../lib/target/target.ts";
import { startPeer } from "../peer/peer.ts";
import type { Script } from "../peer/script.ts";
import { testRows } from "../_test_rows.ts";

const REQUEST = { expect: "\r\n\r\n" };
const STALL = { stall: true } as const;

/** Content follows that never ends. */
const STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n";

testRows<[script: Script, framing: string, unread: string | undefined, options?: Record<string, unknown>]>(
  "probeTarget() ends with the head if it has to, and closes the connection",
  [
    [[REQUEST, { send: STREAM }, STALL], "until-close", "stopped"],
    [[REQUEST, { drip: "HTTP/1.1 200 OK\r\n\r\n", every: 1 }, STALL], "until-close", "stopped"],
    [
      [REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nabc" }, STALL],
      "content-length",
      "stopped",
    ],
    [
      [REQUEST, { send: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" }, STALL],
      "chunked",
      "stopped",
    ],
    [[REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }, STALL], "content-length", undefined],
    [
      [REQUEST, { send: "HTTP/1.1 100 Continue\r\n\r\n" }, { pause: 5 }, { send: STREAM }, STALL],
      "until-close",
      "stopped",
    ],
    // The server waits for the rest of a long request, which is no longer wanted.
    [
      [REQUEST, { send: STREAM }, { deaf: true }, STALL],
      "until-close",
      "stopped",
      { method: "POST", body: "x".repeat(8_000_000) },
    ],
    // The malformed content came with the head.
    [
      [REQUEST, { send: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" }, STALL],
      "chunked",
      "stopped",
    ],
  ],
  async ([script, framing, unread, options = {}]) => {
    await using peer = await startPeer(script);
    const target = parseTarget(`http://127.0.0.1:${peer.port}/`);
    const result = await probeTarget(target, { ...options, maxTime: 20_000, stopAtHead: true });
    assertEquals([result.ok, result.error, result.status], [true, undefined, 200]);
    assertEquals([result.body?.framing, result.body?.unread], [framing, unread]);
    assertEquals([result.connection?.end.by, result.connection?.end.how], ["us", "closed"]);
    const codes = result.deviations.map(({ code }) => code);
    assertEquals(codes, framing === "until-close" ? ["close-delimited"] : []);
  },
);

Deno.test("probeTarget() follows redirects by their heads alone", async () => {
  const redirect = "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nnever ends";
  await using peer = await startPeer([
    [REQUEST, { send: redirect }, STALL],
    [REQUEST, { send: STREAM }, STALL],
  ]);
  const target = parseTarget(`http://127.0.0.1:${peer.port}/`);
  const result = await probeTarget(target, { maxTime: 20_000, maxRedirects: 1, stopAtHead: true });
  assertEquals([result.status, result.redirects.map(({ status }) => status)], [200, [302]]);
});

Deno.test("probeTarget() waits for the head, and reports an answer that breaks off in it", async () => {
  await using peer = await startPeer([REQUEST, { send: "HTTP/1.1 200 OK\r\nA: b" }, { fin: true }]);
  const target = parseTarget(`http://127.0.0.1:${peer.port}/`);
  const { ok, error } = await probeTarget(target, { maxTime: 20_000, stopAtHead: true });
  assertEquals([ok, error?.phase], [false, "head"]);
});
