import { assert, assertEquals, assertRejects } from "@std/assert";
import { type BatchInput, type BatchOptions, probeAll } from "../../lib/batch.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
const answer = (fields = "") => [{ expect: "\r\n\r\n" }, { send: `${OK}${fields}\r\n` }] as const;

async function collect(
  inputs: Iterable<BatchInput> | AsyncIterable<BatchInput>,
  options: BatchOptions = {},
): Promise<ProbeResult[]> {
  return await Array.fromAsync(probeAll(inputs, { maxTime: 5_000, ...options }));
}

Deno.test("probeAll() sees a close that arrives with the answer, and waits briefly for an announced close", async () => {
  using _clock = skipWaits();
  const scripts = [
    [...answer(), { fin: true }],
    [...answer(), { stall: true }],
    [...answer("Connection: close\r\n"), { pause: 50 }, { fin: true }],
    [...answer("Connection: close\r\n"), { stall: true }],
  ] as const;
  await using peer = await startPeer(scripts);
  const urls = scripts.map((_, index) => `http://127.0.0.1:${peer.port}/${index}`);
  const results = await collect(urls, { concurrency: 1, ordered: true });
  assertEquals(results.map(({ connection }) => connection?.end.by), ["peer", "us", "peer", "us"]);
  const lies = results.map(({ deviations }) => deviations.map(({ code }) => code).join());
  assertEquals(lies, ["connection-lie", "", "", "connection-lie"]);
});

Deno.test("probeAll() gives each target its own settings, and copies its input and tag into the row", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([...answer(), { stall: true }]);
  const url = `http://name.invalid:${peer.port}/x`;
  const [result] = await collect([{
    ...{ url, method: "PUT", headers: [["X-A", "1"]], body: "ü", address: "127.0.0.1" },
    ...{ tag: "t", id: "i", line: 9 },
  }]);
  const { received } = await peer.connection(0);
  assert(received.startsWith("PUT /x HTTP/1.1\r\nHost: name.invalid:"), received);
  assert(received.includes("X-A: 1\r\n") && received.endsWith("\r\n\r\n\xc3\xbc"), received);
  const { tag, id, line, address, concurrency, input } = result!;
  assertEquals({ tag, id, line, address, concurrency, input }, {
    ...{ tag: "t", id: "i", line: 9, address: "127.0.0.1", concurrency: 1, input: url },
  });
});

Deno.test("probeAll() gives a row with the error kind usage for a target that cannot be probed", async () => {
  using _clock = skipWaits();
  const inputs: BatchInput[] = [
    "",
    "http://",
    "ftp://a/",
    { url: "http://127.0.0.1:1/", method: "NO GOOD" },
    { url: "http://127.0.0.1:1/", headers: [["a b", "c"]] },
    { url: "http://127.0.0.1:1/", address: "nowhere" },
    { url: "https://127.0.0.1:1/", sni: "ä b" },
    { input: "?", problem: "because", line: 3 },
  ];
  const results = await collect(inputs, { ordered: true });
  assertEquals(results.map(({ error }) => error?.kind), Array(8).fill("usage"));
  assertEquals(results[7]?.error?.message, "line 3: because");
});

Deno.test("probeAll() gives a row to every item of a list, and accepts URL objects", async (test) => {
  using _clock = skipWaits();
  await using good = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
  const url = `http://127.0.0.1:${good.addr.port}/`;
  // Values from JSON.parse and from holes in arrays bypass the type check.
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const strange = [null, undefined, 5, {}, { url: 7 }, 10n, circle, { problem: 5 }];
  const items = [...strange, new URL(url), url] as unknown as BatchInput[];
  const expected = [
    ["null", "usage"],
    ["undefined", "usage"],
    ["5", "usage"],
    ["{}", "usage"],
    ['{"url":7}', "usage"],
    ["10", "usage"],
    ["[object Object]", "usage"],
    ['{"problem":5}', "usage"],
    [url, 200],
    [url, 200],
  ];
  const sources = [
    items,
    (async function* () {
      yield* items;
    })(),
  ];
  await stepRows(test, sources, async (source) => {
    const results = await collect(source, { ordered: true, perHost: 1 });
    assertEquals(results.map(({ input, error, status }) => [input, error?.kind ?? status]), expected);
  });
});

Deno.test("probeAll() connects to the address of the target, or to the one from the rules of the batch", async (test) => {
  using _clock = skipWaits();
  const answer = ({ url }: Request): Response => {
    if (!url.endsWith("/away")) return new Response("hi");
    return new Response(null, {
      status: 302,
      headers: { location: url.replace("localhost", "other.invalid") + "2" },
    });
  };
  await using good = Deno.serve({ hostname: "0.0.0.0", port: 0, onListen() {} }, answer);
  const { port } = good.addr;
  const url = `http://localhost:${port}/`;
  const rule = (host: string, ...addresses: string[]) => ({ host, port, addresses });
  const elsewhere = { host: undefined, port: undefined, toHost: "127.0.0.9", toPort: undefined };
  const rows: [
    target: BatchInput,
    options: BatchOptions,
    addresses: [row: string | undefined, peer: string][],
  ][] = [
    [url, { allAddresses: true, resolve: [rule("localhost", "127.0.0.3", "::1", "127.0.0.4")], family: 4 }, [
      ["127.0.0.3", "127.0.0.3"],
      ["127.0.0.4", "127.0.0.4"],
    ]],
    [url, { allAddresses: true, connectTo: [elsewhere] }, [[undefined, "127.0.0.9"]]],
    [{ url, address: "127.0.0.5" }, { connectTo: [elsewhere] }, [["127.0.0.5", "127.0.0.5"]]],
    [{ url, address: "127.0.0.5" }, { resolve: [rule("*", "127.0.0.6"), rule("localhost", "127.0.0.7")] }, [
      ["127.0.0.5", "127.0.0.5"],
    ]],
    [
      { url: `${url}away`, address: "127.0.0.5" },
      { maxRedirects: 1, resolve: [rule("other.invalid", "127.0.0.8")] },
      [["127.0.0.5", "127.0.0.8"]],
    ],
  ];
  await stepRows(test, rows, async ([target, options, expected]) => {
    const results = await collect([target], { ordered: true, ...options });
    assertEquals(results.map(({ address, connection }) => [address, connection?.peer.address]), expected);
  });
});

Deno.test("probeAll() lets dead and stalling targets block only their own slots", async () => {
  using _clock = skipWaits();
  await using good = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
  await using stalling = await startPeer([{ stall: true }]);
  const urls = Array.from({ length: 60 }, (_, index) => {
    const port = [good.addr.port, stalling.port, 1][index % 3];
    return `http://127.0.0.1:${port}/${index}`;
  });
  const results = await collect(urls, { concurrency: 40, maxTime: 2_000 });
  const kinds = Map.groupBy(results, ({ error, status }) => error?.kind ?? String(status));
  assertEquals([...kinds].map(([kind, rows]) => [kind, rows.length]).sort(), [
    ["200", 20],
    ["refused", 20],
    ["timeout", 20],
  ]);
  // The other targets finish in the free slots before the first stalling one times out.
  const first = results.findIndex(({ error }) => error?.kind === "timeout");
  const slow = results.slice(first).filter(({ error }) => error?.kind !== "timeout");
  assertEquals(slow.map(({ url }) => url), []);
  // The stalling targets wait together: no wait begins after another one's end.
  const waits = kinds.get("timeout")!.map((
    { startedAt, timings: { total } },
  ) => [Date.parse(startedAt), total]);
  assert(Math.max(...waits.map(([at]) => at!)) < Math.min(...waits.map(([at, total]) => at! + total!)));
});

Deno.test("probeAll() retries, and lists the failed tries in the result", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([
    [{ expect: "\r\n\r\n" }, { rst: true }],
    [{ expect: "\r\n\r\n" }, { fin: true }],
    [...answer(), { stall: true }],
  ]);
  const [result] = await collect([`http://127.0.0.1:${peer.port}/`], { retries: 3 });
  assertEquals(result?.attempts?.map(({ error }) => error.kind), ["reset", "closed"]);
  assertEquals(result?.status, 200);
});

Deno.test("probeAll() closes its connections when the caller leaves the loop or the signal aborts", async () => {
  using _clock = skipWaits();
  await using good = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
  await using stalling = await startPeer([{ expect: "\r\n\r\n" }, { stall: true }]);
  const urls = [`http://127.0.0.1:${good.addr.port}/`, `http://127.0.0.1:${stalling.port}/`];
  for await (const result of probeAll(urls, { maxTime: 60_000 })) {
    assertEquals(result.status, 200);
    await stalling.connection(0);
    break;
  }
  await (await stalling.connection(0)).gone;
  const stop = new AbortController();
  const rest = collect(urls, { maxTime: 60_000, signal: stop.signal });
  const { gone } = await stalling.connection(1);
  stop.abort();
  await gone;
  assertEquals((await rest).length <= 1, true);
});

Deno.test("probeAll() refuses impossible limits, and options that do not make a valid request", async (test) => {
  using _clock = skipWaits();
  await stepRows(test, [{ concurrency: 0 }, { perHost: 1.5 }, { rate: -1 }, { window: 0 }, {
    lookAhead: NaN,
  }], async (options) => {
    await assertRejects(() => collect([], options), RangeError, "Cannot run a batch with");
  });
  await assertRejects(() => collect(["http://127.0.0.1:1/"], { method: "NO GOOD" }), TypeError);
});
