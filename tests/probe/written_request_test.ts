import { assert, assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { describeWritten } from "../../lib/probe/written_request.ts";
import type { ProbeResult, WrittenRequest } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import { LAST, LONGEST, OK, probeScript, REQUEST, STALL, urlOf } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";

Deno.test(
  "describeWritten() shows octets unchanged, but with masked credentials",
  { permissions: "none" },
  async (test) => {
    const rows: [wire: string, written: Partial<WrittenRequest>][] = [
      ["GET / HTTP/1.1\r\nhost: a\r\nX: 1\r\nX: 2\r\n\r\n", {
        method: "GET",
        target: "/",
        version: "1.1",
        headers: [["host", "a"], ["X", "1"], ["X", "2"]],
        headBytes: 39,
      }],
      ["PUT /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", {
        method: "PUT",
        target: "/a",
        version: "1.0",
        headers: [["Content-Length", "2"]],
        headBytes: 38,
        bodyBytes: 2,
      }],
      [
        "GET http://u:secret@h/ HTTP/1.0\r\nAUTHORIZATION: Basic secret\r\nproxy-authorization: secret\r\n" +
        "Cookie: a=secret\r\nCookie: b=secret\r\n\r\n",
        {
          method: "GET",
          target: "http://u:***@h/",
          version: "1.0",
          headers: [
            ["AUTHORIZATION", "***"],
            ["proxy-authorization", "***"],
            ["Cookie", "***"],
            ["Cookie", "***"],
          ],
          headBytes: 129,
        },
      ],
      ["GET / HTTP/1.1\nHost: a\nCookie: a=secret\n\nsecret", {
        method: "GET",
        target: "/",
        version: "1.1",
        headers: [["Host", "a"], ["Cookie", "***"]],
        headBytes: 41,
        bodyBytes: 6,
        deviations: ["bare-lf"],
        excerpt: "GET / HTTP/1.1\\nHost: a\\nCookie: ***\\n\\n",
      }],
      ["\x16\x03\x01 no request\r\n cookie : secret\r\n\tsecret\r\nX: 1\r\n\r\n", {
        bodyBytes: 51,
        excerpt: "\\x16\\x03\\x01 no request\\r\\n cookie : ***\\r\\nX: 1\\r\\n\\r\\n",
      }],
      [`GET / HTTP/1.1\r\nAuthorization: ${"secret".repeat(100)}`, {
        bodyBytes: 631,
        excerpt: "GET / HTTP/1.1\\r\\nAuthorization: ***",
      }],
      ["x".repeat(500), { bodyBytes: 500, excerpt: `${"x".repeat(400)}… 100 octets more` }],
    ];
    await stepRows(test, rows, ([wire, written]) => {
      const found = describeWritten(encodeLatin1(wire), { complete: true });
      const sent = { bytes: wire.length, sentBytes: wire.length, complete: true };
      assertEquals(found, { headers: [], headBytes: 0, bodyBytes: 0, ...sent, ...written }, wire);
      assert(!JSON.stringify(found).includes("secret"));
    });
    const large = encodeLatin1(`GET / HTTP/1.1\r\nHost: a\r\n${"X: y\r\n".repeat(40_000)}\r\n`);
    assertEquals(describeWritten(large, { complete: false }).headBytes, large.length, "no limit is for us");
  },
);

Deno.test("probe() keeps no request by default", async () => {
  const { request, received } = await probeScript([REQUEST, { send: LAST }]);
  const bytes = received[0]!.length;
  assertEquals(request, { bytes, sentBytes: bytes, complete: true });
});

Deno.test("probe() keeps the octets that it really wrote, with masked credentials", async () => {
  const result = await probeScript([REQUEST, { expect: "secret=1" }, { send: LAST }], {
    keepRequest: true,
    method: "POST",
    body: "secret=1",
    credentials: { user: "me", password: "secret" },
    headers: [["Cookie", "a=secret"], ["X-Trace", "7"]],
  });
  const [received = ""] = result.received;
  const { request } = result;
  assertEquals([request?.method, request?.target, request?.version, request?.complete], [
    "POST",
    "/",
    "1.1",
    true,
  ]);
  assertEquals((request?.headBytes ?? 0) + (request?.bodyBytes ?? 0), received.length);
  assertEquals(request?.bodyBytes, 8);
  const names = received.split("\r\n").slice(1, -2).map((line) => line.slice(0, line.indexOf(":")));
  assertEquals(request?.headers?.map(([name]) => name), names);
  const values = new Map(request?.headers);
  assertEquals([values.get("Authorization"), values.get("Cookie"), values.get("X-Trace")], [
    "***",
    "***",
    "7",
  ]);
  assert(!JSON.stringify(request).includes("secret"));
});

Deno.test("probe() keeps the request of each hop of a chain of redirects", async () => {
  await using other = await startPeer([REQUEST, { send: LAST }], { address: "127.0.0.2" });
  const away = `HTTP/1.1 302 Found\r\nLocation: ${urlOf(other, "/there")}\r\nContent-Length: 0\r\n\r\n`;
  await using peer = await startPeer([REQUEST, { expect: "hi" }, { send: away }, STALL]);
  const result = await probe(urlOf(peer, "/here"), {
    maxTime: LONGEST,
    keepRequest: true,
    maxRedirects: 5,
    method: "POST",
    body: "hi",
    headers: [["Cookie", "a=1"]],
  });
  const hops: ProbeResult[] = [...result.redirects, result];
  assertEquals(
    hops.map(({ request }) => [
      request?.method,
      request?.target,
      request?.bodyBytes,
      request?.headers?.filter(([name]) => name === "Cookie" || name === "Host"),
    ]),
    [
      ["POST", "/here", 2, [["Host", `127.0.0.1:${peer.port}`], ["Cookie", "***"]]],
      ["GET", "/there", 0, [["Host", `127.0.0.2:${other.port}`]]],
    ],
  );
});

testRows(
  "probeSeries() keeps the request of each result, on one connection too",
  [false, true],
  async (reuse) => {
    const exchange = [REQUEST, { send: OK }] as const;
    await using peer = await startPeer([...exchange, ...exchange, ...exchange, STALL]);
    const results = await Array.fromAsync(
      probeSeries(urlOf(peer, "/x"), { count: 3, reuse, keepRequest: true, maxTime: LONGEST }),
    );
    assertEquals(
      results.map(({ request, connection }) => [request?.target, connection?.reused]),
      [["/x", false], ["/x", reuse], ["/x", reuse]],
    );
  },
);

Deno.test("probe() has no request if it wrote none, and reports a partly written one", async () => {
  const refused = await probe("http://127.0.0.1:1/", { keepRequest: true, maxTime: LONGEST });
  assertEquals([refused.error?.phase, refused.request], ["connect", { sentBytes: 0, complete: false }]);

  const early = await probeScript(
    [REQUEST, { send: "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n" }, STALL],
    {
      keepRequest: true,
      method: "POST",
      body: new Uint8Array(64 * 1024 * 1024),
    },
  );
  assertEquals([early.status, early.request?.complete, early.request?.bodyBytes], [
    413,
    false,
    64 * 1024 * 1024,
  ]);
});
