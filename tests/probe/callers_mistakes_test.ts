import { assertEquals, assertRejects } from "@std/assert";
import { profileConnection } from "../../lib/conn/profile.ts";
import { download } from "../../lib/download.ts";
import { probe } from "../../lib/probe.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { exchangeRaw, type RawOptions } from "../../lib/raw.ts";
import { startLiar } from "../conn/_liar.ts";
import { honest } from "../conn/_honest.ts";
import { startPeer } from "../peer/peer.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const REQUEST = { expect: "\r\n\r\n" };
const STALL = { stall: true } as const;
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

const NO_LIMITS: readonly (readonly [options: ProbeOptions, message: string])[] = [
  [{ maxTime: 0 }, "Cannot use maxTime 0: it is a time in milliseconds, above 0"],
  [{ maxTime: NaN }, "Cannot use maxTime NaN"],
  [{ connectTimeout: -1 }, "Cannot use connectTimeout -1"],
  [{ firstByteTimeout: 0 }, "Cannot use firstByteTimeout 0"],
  [{ maxBody: NaN }, "Cannot use maxBody NaN: it is a number of octets, from 0 on"],
];

Deno.test("probe() and related functions refuse invalid limits before they send anything", async (test) => {
  await stepRows(test, NO_LIMITS, async ([options, message]) => {
    // Port 9 of this machine is asked for nothing.
    const url = "http://127.0.0.1:9/";
    await assertRejects(() => probe(url, options), RangeError, message);
    await assertRejects(
      () => Array.fromAsync(probeSeries(url, { ...options, reuse: true })),
      RangeError,
      message,
    );
    await assertRejects(() => download(url, { ...options, onBody() {} }), RangeError, message);
  });
  const raw: RawOptions[] = [{ maxTime: 0 }, { silenceTimeout: 0 }, { maxReceived: NaN }];
  await stepRows(test, raw, async (options) => {
    await assertRejects(() => exchangeRaw("127.0.0.1:9", options), RangeError);
  });
});

Deno.test("probe() refuses an invalid name for SNI before it sends anything", async () => {
  const message = 'Cannot use "*.a.test" as SNI: it is neither the name of a host nor an IP address';
  await assertRejects(() => probe("https://127.0.0.1:9/", { sni: "*.a.test" }), SyntaxError, message);
  await assertRejects(() => exchangeRaw("127.0.0.1:9", { tls: { sni: "*.a.test" } }), SyntaxError, message);
});

testRows("probe() refuses invalid ALPN protocols before it sends anything", [
  [""],
  ["a".repeat(256)],
  ["\u00fc".repeat(128)],
  new Array(200).fill("a".repeat(255)),
], async (alpn) => {
  await assertRejects(() => probe("https://127.0.0.1:9/", { alpn }), RangeError, "by ALPN: ");
  await assertRejects(() => exchangeRaw("127.0.0.1:9", { tls: { alpn } }), RangeError, "by ALPN: ");
});

Deno.test("probe() accepts a URL object, and explains what it accepts instead of anything else", async (test) => {
  await using peer = await startPeer([REQUEST, { send: OK }]);
  const url = `http://127.0.0.1:${peer.port}/a?b`;
  const { input, status } = await probe(new URL(url));
  assertEquals([input, status], [url, 200]);
  await stepRows(test, [undefined, null, 5, { host: "h" }] as unknown as URL[], async (wrong) => {
    await assertRejects(() => probe(wrong), TypeError, `Cannot probe ${wrong}: pass a URL or a host`);
  });
});

function mine(): never {
  throw new SyntaxError("mine");
}

/** Throws at the call with this number, from 1. */
function throwAt(call: number): () => void {
  let calls = 0;
  return () => {
    if (++calls === call) mine();
  };
}

Deno.test("probe() and related functions throw the error of a callback, and leave nothing open", async (test) => {
  // Connected, sent, received, closed.
  await stepRows(test, [1, 2, 3, 4], async (call) => {
    await using peer = await startPeer([REQUEST, { send: OK }, { fin: true }, STALL]);
    const url = `http://127.0.0.1:${peer.port}/`;
    await assertRejects(() => probe(url, { onWire: throwAt(call) }), SyntaxError, "mine");
  });
  await stepRows(test, [1, 2, 3], async (call) => {
    await using peer = await startPeer([REQUEST, { send: OK }, { fin: true }, STALL]);
    const sending: RawOptions = { send: "GET / HTTP/1.1\r\n\r\n", onWire: throwAt(call) };
    await assertRejects(() => exchangeRaw(`127.0.0.1:${peer.port}`, sending), SyntaxError, "mine");
  });
});

Deno.test("exchangeRaw() throws the error of its source or of onReceived", async (test) => {
  const sources: readonly RawOptions[] = [
    {
      send: (async function* () {
        yield new TextEncoder().encode("x\r\n\r\n");
        mine();
      })(),
    },
    {
      send: (async function* () {
        yield new TextEncoder().encode("x\r\n\r\n");
        // An endless stream.
        await new Promise(() => {});
      })(),
      onReceived: mine,
    },
  ];
  await stepRows(test, sources, async (options) => {
    await using peer = await startPeer([REQUEST, { send: OK }, STALL]);
    await assertRejects(() => exchangeRaw(`127.0.0.1:${peer.port}`, options), SyntaxError, "mine");
  });
});

testRows("profileConnection() ends all experiments when onProgress throws", [1, 2, 4], async (call) => {
  await using server = await startLiar(honest);
  await assertRejects(
    () => profileConnection(server.url, { skip: ["http10"], idleLimit: 800, onProgress: throwAt(call) }),
    SyntaxError,
    "mine",
  );
});
