import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import type { ConnectionEnd, ProbeError } from "../../lib/result.ts";
import type { Script } from "../peer/peer.ts";
import { codesOf, LONGEST, OK, probeScript, REQUEST, STALL } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Longer than the buffers of both ends on loopback. */
const HUGE = new Uint8Array(32 * 1024 * 1024);

interface Row {
  readonly name: string;
  readonly script: Script;
  readonly options?: ProbeOptions;
  readonly error: readonly [
    kind: ProbeError["kind"],
    phase: ProbeError["phase"],
    by: ProbeError["by"],
    message: string,
  ];
  readonly end: readonly [by: ConnectionEnd["by"], how: ConnectionEnd["how"]];
  readonly status?: number;
  readonly codes?: readonly string[];
}

const head = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}\r\n`;
const SHORT: ProbeOptions = { maxTime: 500 };
const OVER = "the whole exchange took longer than 500 ms";
const TIMEOUT = ["us", "closed"] as const;
const FIN = ["peer", "fin"] as const;
const RST = ["peer", "rst"] as const;

const ROWS: readonly Row[] = [
  // Stalls
  {
    name: "no answer",
    script: [REQUEST, STALL],
    options: SHORT,
    error: ["timeout", "wait", "target", `Cannot get an answer to GET http://127.0.0.1:PORT/: ${OVER}`],
    end: TIMEOUT,
  },
  {
    name: "no first octet",
    script: [REQUEST, STALL],
    options: { firstByteTimeout: 150 },
    error: [
      "timeout",
      "wait",
      "target",
      "no octet came within 150 ms",
    ],
    end: TIMEOUT,
  },
  {
    name: "stall in the status line",
    script: [REQUEST, { send: "HTTP/1.1 2" }, STALL],
    options: SHORT,
    error: [
      "timeout",
      "head",
      "target",
      `Cannot read the head of the answer to GET http://127.0.0.1:PORT/: ${OVER}`,
    ],
    end: TIMEOUT,
  },
  {
    name: "stall in the fields",
    script: [REQUEST, { send: "HTTP/1.1 200 OK\r\nA: b\r\nC" }, STALL],
    options: SHORT,
    error: ["timeout", "head", "target", OVER],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "stall after an interim response",
    script: [REQUEST, { send: "HTTP/1.1 100 Continue\r\n\r\n" }, STALL],
    options: SHORT,
    error: ["timeout", "head", "target", OVER],
    end: TIMEOUT,
  },
  {
    name: "stall before the body",
    script: [REQUEST, { send: head("Content-Length: 2\r\n") }, STALL],
    options: SHORT,
    error: [
      "timeout",
      "body",
      "target",
      `Cannot read the body of the answer to GET http://127.0.0.1:PORT/: ${OVER}`,
    ],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "stall in a chunk",
    script: [REQUEST, { send: `${head("Transfer-Encoding: chunked\r\n")}5\r\nab` }, STALL],
    options: SHORT,
    error: ["timeout", "body", "target", OVER],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "stall in a body that the end completes",
    script: [REQUEST, { send: `${head("")}ab` }, STALL],
    options: SHORT,
    error: ["timeout", "body", "target", OVER],
    end: TIMEOUT,
    status: 200,
    codes: ["close-delimited"],
  },
  {
    name: "a peer that takes nothing",
    script: [{ deaf: true }, STALL],
    options: { ...SHORT, body: HUGE },
    error: ["timeout", "send", "target", `Cannot send GET http://127.0.0.1:PORT/: ${OVER}`],
    end: TIMEOUT,
  },
  {
    name: "a head in drips",
    script: [REQUEST, { drip: head("A: b\r\n"), every: 40 }, STALL],
    options: SHORT,
    error: ["timeout", "head", "target", OVER],
    end: TIMEOUT,
  },
  {
    name: "a body in drips",
    script: [REQUEST, { send: head("Content-Length: 99\r\n") }, { drip: "x".repeat(99), every: 40 }, STALL],
    options: SHORT,
    error: ["timeout", "body", "target", OVER],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "endless interim responses in drips",
    script: [REQUEST, { repeat: 99, steps: [{ send: "HTTP/1.1 102 P\r\n\r\n" }, { pause: 40 }] }],
    options: SHORT,
    error: ["timeout", "head", "target", OVER],
    end: TIMEOUT,
  },
  // Ends
  {
    name: "FIN before an answer",
    script: [REQUEST, { fin: true }, STALL],
    error: ["closed", "wait", "target", "before any octet"],
    end: FIN,
    codes: ["empty-reply"],
  },
  {
    name: "FIN before the request",
    script: [{ fin: true }, STALL],
    error: ["closed", "wait", "target", "before any octet"],
    end: FIN,
    codes: ["empty-reply"],
  },
  {
    name: "FIN in the status line",
    script: [REQUEST, { send: "HTTP/1." }, { fin: true }, STALL],
    error: ["truncated", "head", "target", "ended"],
    end: FIN,
    codes: ["truncated-head"],
  },
  {
    name: "FIN in the head",
    script: [REQUEST, { send: "HTTP/1.1 200 OK\r\nA: b\r\nC" }, { fin: true }, STALL],
    error: ["truncated", "head", "target", "ended in the head"],
    end: FIN,
    status: 200,
    codes: ["truncated-head"],
  },
  {
    name: "FIN after an interim response",
    script: [REQUEST, { send: "HTTP/1.1 100 C\r\n\r\n" }, { fin: true }, STALL],
    error: ["truncated", "head", "target", "1 interim"],
    end: FIN,
    codes: ["truncated-head"],
  },
  {
    name: "FIN in the body",
    script: [REQUEST, { send: `${head("Content-Length: 5\r\n")}ab` }, { fin: true }, STALL],
    error: ["truncated", "body", "target", "2 of 5"],
    end: FIN,
    status: 200,
    codes: ["truncated-body"],
  },
  {
    name: "FIN in a chunked body",
    script: [REQUEST, { send: `${head("Transfer-Encoding: chunked\r\n")}2\r\nab\r\n` }, { fin: true }, STALL],
    error: ["truncated", "body", "target", "chunk"],
    end: FIN,
    status: 200,
    codes: ["truncated-chunked"],
  },
  {
    name: "RST before an answer",
    script: [REQUEST, { rst: true }],
    error: ["reset", "wait", "target", "the peer reset the connection before any octet of an answer"],
    end: RST,
  },
  {
    name: "RST in the head",
    script: [REQUEST, { send: "HTTP/1.1 200 OK\r\nA: b\r\n" }, { pause: 50 }, { rst: true }],
    error: ["reset", "head", "target", "the peer reset the connection in the head of the answer"],
    end: RST,
    status: 200,
  },
  {
    name: "RST in the body",
    script: [REQUEST, { send: `${head("Content-Length: 5\r\n")}ab` }, { pause: 50 }, { rst: true }],
    error: ["reset", "body", "target", "after 2 of 5 octets of content"],
    end: RST,
    status: 200,
  },
  {
    name: "RST in a body that the end completes",
    script: [REQUEST, { send: `${head("")}ab` }, { pause: 50 }, { rst: true }],
    error: ["reset", "body", "target", "after 2 octets of content"],
    end: RST,
    status: 200,
    codes: ["close-delimited"],
  },
  {
    name: "RST while the request is sent",
    script: [{ expect: 1000 }, { rst: true }],
    options: { body: HUGE },
    error: ["reset", "send", "target", "the peer reset the connection before any octet of an answer"],
    end: RST,
  },
  // Invalid answers
  {
    name: "another protocol",
    script: [{ send: "SSH-2.0-OpenSSH_9.2\r\n" }, STALL],
    error: ["syntax", "head", "target", "SSH"],
    end: TIMEOUT,
    codes: ["not-http"],
  },
  {
    name: "a body that cannot be read on",
    script: [REQUEST, { send: `${head("Transfer-Encoding: chunked\r\n")}zz\r\n` }, STALL],
    error: ["syntax", "body", "target", "(at octet "],
    end: TIMEOUT,
    status: 200,
    codes: ["chunk-size-invalid"],
  },
  {
    name: "two lengths",
    script: [REQUEST, { send: head("Content-Length: 1\r\nContent-Length: 2\r\n") }, STALL],
    error: ["syntax", "head", "target", "(at octet "],
    end: TIMEOUT,
    status: 200,
    codes: ["conflicting-content-length"],
  },
  // Limits
  {
    name: "a head above the limit",
    script: [REQUEST, { send: head(`A: ${"x".repeat(2000)}\r\n`) }, STALL],
    options: { limits: { maxHead: 1000 } },
    error: ["limit", "head", "target", "1000"],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "a body above the limit",
    script: [REQUEST, { send: `${head("Content-Length: 11\r\n")}hello world` }, STALL],
    options: { maxBody: 10 },
    error: ["limit", "body", "target", "the body has more than 10 octets"],
    end: TIMEOUT,
    status: 200,
  },
  {
    name: "an endless body",
    script: [REQUEST, { send: head("") }, { flood: 64 * 1024 * 1024 }],
    options: { maxBody: 100_000 },
    error: ["limit", "body", "target", "more than 100,000 octets"],
    end: TIMEOUT,
    status: 200,
    codes: ["close-delimited"],
  },
];

for (const { name, script, options = {}, error, end, status, codes = [] } of ROWS) {
  Deno.test(`probe() reports ${name}`, async () => {
    using _clock = skipWaits();
    const begin = performance.now();
    const result = await probeScript(script, options);
    const ms = performance.now() - begin;
    const { kind, phase, by, message } = result.error!;
    assertEquals([kind, phase, by], error.slice(0, 3), message);
    assertStringIncludes(message.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:PORT"), error[3]);
    assertEquals([result.ok, result.status, codesOf(result)], [false, status, codes]);
    const { by: ender, how } = result.connection!.end;
    assertEquals([ender, how], [...end]);
    // Each limit ends the probe, although the peer would occupy it for LONGEST.
    assertLess(ms, LONGEST / 2);
    if (kind === "timeout") assert(result.timings.total >= 145, `${result.timings.total}`);
    assertLess(result.timings.total, ms + 1);
  });
}

Deno.test("probe() keeps the part that it read before a failure", async () => {
  using _clock = skipWaits();
  const result = await probeScript(
    [
      REQUEST,
      {
        send:
          "HTTP/1.1 103 E\r\nL: m\r\n\r\nHTTP/1.0 404 Not There\r\nA: b\r\na: c\r\nContent-Length: 9\r\n\r\nabc",
      },
      { fin: true },
      STALL,
    ],
    { keepText: true, keepSha256: true },
  );
  assertEquals([result.version, result.status, result.reason], ["1.0", 404, "Not There"]);
  assertEquals(result.headers, [["A", "b"], ["a", "c"], ["Content-Length", "9"]]);
  assertEquals(result.interim.map(({ status, headers }) => [status, headers]), [[103, [["L", "m"]]]]);
  assertEquals(result.body, {
    framing: "content-length",
    bytes: 3,
    wireBytes: 3,
    complete: false,
    unread: "truncated",
    unreadBytes: 6,
    trailers: [],
    text: "abc",
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
});

testRows("probe() gives no more content than the limit", [1, 4, 5], async (maxBody) => {
  using _clock = skipWaits();
  let content = "";
  const result = await probeScript([REQUEST, { send: head("Content-Length: 5\r\n") }, {
    drip: "abcde",
    every: 5,
  }, STALL], {
    maxBody,
    onBody: (data) => content += String.fromCharCode(...data),
  });
  assertEquals([content, result.ok], ["abcde".slice(0, maxBody), maxBody === 5]);
});

Deno.test("probe() explains why it stopped reading content, and how much it read", async (test) => {
  using _clock = skipWaits();
  const LENGTH = head("Content-Length: 20\r\n");
  const stop = new AbortController();
  const stopping = { signal: stop.signal, onBody: () => stop.abort() };
  const rows: readonly (readonly [Script, ProbeOptions, unread: string | undefined, unreadBytes?: number])[] =
    [
      [[REQUEST, { send: `${LENGTH}hello world!` }, STALL], { maxBody: 10 }, "limit", 8],
      // That the rest came with the last octets that were read is chance.
      [[REQUEST, { send: `${LENGTH}hello world!` }, { send: "hey hey!" }, STALL], { maxBody: 0 }, "limit"],
      [[REQUEST, { send: `${LENGTH}hello` }, STALL], { maxTime: 1_000 }, "deadline", 15],
      [[REQUEST, { send: `${LENGTH}hello` }, STALL], stopping, "stopped", 15],
      [[REQUEST, { send: `${LENGTH}hello` }, { fin: true }], {}, "truncated", 15],
      [[REQUEST, { send: `${head("Content-Length: 5, 6\r\n")}hello` }, STALL], {}, "unreadable"],
      [[REQUEST, { send: `${head("Transfer-Encoding: chunked\r\n")}x\r\n` }, STALL], {}, "unreadable"],
      [
        [REQUEST, { send: `${head("Transfer-Encoding: chunked\r\n")}5\r\nhel` }, STALL],
        { maxTime: 500 },
        "deadline",
      ],
      [[REQUEST, { send: LENGTH }, STALL], { method: "HEAD" }, "head", 20],
      [[REQUEST, { send: `${head("Content-Length: 5\r\n")}hello` }, STALL], {}, undefined],
    ];
  await stepRows(test, rows, async ([script, options, unread, unreadBytes]) => {
    const { body } = await probeScript(script, options);
    assertEquals(body?.unread, unread, JSON.stringify(body));
    if (unread !== "limit" || unreadBytes !== undefined) assertEquals(body?.unreadBytes, unreadBytes);
    assertEquals(body?.complete, unread === undefined || unread === "head");
  });
});

Deno.test("probe() reports connections that cannot be established", async () => {
  using _clock = skipWaits();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const refused = await probe(`http://127.0.0.1:${port}/`);
  assertEquals([refused.ok, refused.error?.kind, refused.error?.phase, refused.error?.by], [
    false,
    "refused",
    "connect",
    "target",
  ]);
  assertStringIncludes(
    refused.error?.message ?? "",
    `Cannot connect to 127.0.0.1:${port}: connection refused`,
  );
  assertEquals([refused.connection, refused.status, refused.body], [undefined, undefined, undefined]);
  assertEquals(refused.tries?.map(({ address, error }) => [address, error?.kind]), [[
    "127.0.0.1",
    "refused",
  ]]);

  const both = await probe(`http://h.example:${port}/`, {
    resolve: [{ host: "h.example", port, addresses: ["127.0.0.1", "127.0.0.2"] }],
  });
  assertEquals(both.tries?.map(({ address, error }) => [address, error?.kind]), [["127.0.0.1", "refused"], [
    "127.0.0.2",
    "refused",
  ]]);
  assertStringIncludes(both.error?.message ?? "", "2 addresses tried");
});

Deno.test("probe() lists every address that it tried before one that answers", async () => {
  using _clock = skipWaits();
  const result = await probeScript([REQUEST, { send: OK }, STALL], {});
  assertEquals([result.ok, result.tries], [true, undefined]);
  await using server = Deno.serve({ hostname: "127.0.0.3", port: 0, onListen() {} }, () => new Response("x"));
  const { port } = server.addr;
  const second = await probe(`http://h.example:${port}/`, {
    resolve: [{ host: "h.example", port, addresses: ["127.0.0.2", "127.0.0.3"] }],
  });
  assertEquals([second.ok, second.connection?.peer.address], [true, "127.0.0.3"]);
  assertEquals(second.tries?.map(({ address, error }) => [address, error?.kind]), [["127.0.0.2", "refused"], [
    "127.0.0.3",
    undefined,
  ]]);
});

Deno.test("probe() ends immediately when its signal aborts, in any phase", async (test) => {
  using _clock = skipWaits();
  const scripts: readonly (readonly [phase: string, script: Script, body?: Uint8Array])[] = [
    ["wait", [REQUEST, STALL]],
    ["head", [REQUEST, { send: "HTTP/1.1 2" }, STALL]],
    ["body", [REQUEST, { send: head("Content-Length: 2\r\n") }, STALL]],
    ["send", [{ deaf: true }, STALL], HUGE],
  ];
  await stepRows(test, scripts, async ([phase, script, body]) => {
    const begin = performance.now();
    const result = await probeScript(script, { signal: AbortSignal.timeout(300), ...(body && { body }) });
    assertLess(performance.now() - begin, LONGEST / 2);
    assertEquals([result.error?.kind, result.error?.phase, result.error?.by], ["aborted", phase, "local"]);
  });
  const before = await probeScript([REQUEST, STALL], { signal: AbortSignal.abort() });
  assertEquals([before.error?.kind, before.error?.phase, before.connection], [
    "aborted",
    "connect",
    undefined,
  ]);

  const begin = performance.now();
  const lingering = await probeScript([
    REQUEST,
    { send: "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n" },
    STALL,
  ], {
    linger: { kept: LONGEST, closing: LONGEST },
    signal: AbortSignal.timeout(300),
    maxTime: LONGEST,
  });
  assertLess(performance.now() - begin, LONGEST / 2);
  assertEquals([lingering.ok, lingering.connection?.end.how], [true, "open"]);
});
