import { assertEquals, assertObjectMatch } from "@std/assert";
import { formatHar, HarFormatter } from "../../lib/report/har.ts";
import { type HarCookie, parseSetCookie } from "../../lib/report/har/cookie.ts";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import type { BodyFacts, Timings, WrittenRequest } from "../../lib/result.ts";
import {
  degradedOutcome,
  ENDING,
  goodResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

interface Entry {
  readonly time: number;
  readonly timings: Readonly<Record<string, number>>;
  readonly _timings: Timings;
  readonly request: { readonly url: string; readonly queryString: unknown };
  readonly response: Readonly<Record<string, unknown>>;
  readonly serverIPAddress?: string;
}

function entriesOf(text: string): Entry[] {
  return (JSON.parse(text) as { log: { entries: Entry[] } }).log.entries;
}

Deno.test("formatHar() has one entry for each hop", { permissions: "none" }, () => {
  const entries = entriesOf(formatHar([truncatedResult(), goodResult()]));
  assertEquals(entries.map(({ response }) => response["status"]), [301, 200, 200]);
  assertEquals(entries[0]?.response["redirectURL"], "/");
  assertEquals(entries[2]?.request.queryString, [{ name: "page", value: "2" }]);
  assertEquals(entriesOf(formatHar([])), []);
});

Deno.test(
  "formatHar() writes the octets of Location as they appear in a URL",
  { permissions: "none" },
  () => {
    const headers: [string, string][] = [["Location", "/jos\xe9/\xc3\xa9"]];
    const [entry] = entriesOf(formatHar([plainResult({ headers })]));
    assertEquals(entry?.response["redirectURL"], "/jos%E9/%C3%A9");
  },
);

Deno.test("formatHar() reads URLs whose host the URL parser refuses", { permissions: "none" }, () => {
  const [entry] = entriesOf(formatHar([plainResult({ url: "http://xn--a.test:81/x?page=2" })]));
  assertEquals(entry?.request, {
    ...entry?.request,
    url: "http://xn--a.test:81/x?page=2",
    queryString: [{ name: "page", value: "2" }],
  });
});

testRows<[headers: [string, string][], type: string, location: string]>(
  "formatHar() uses the last Content-Type and the first Location",
  [
    [[], "", ""],
    [[["Content-Type", "text/html"]], "text/html", ""],
    [[["content-type", "text/html"], ["Content-Type", "text/plain"]], "text/plain", ""],
    [[["Location", "/a"], ["Location", "/b"]], "", "/a"],
  ],
  ([headers, type, location]) => {
    const [entry] = entriesOf(formatHar([plainResult({ headers })]));
    const { mimeType } = entry?.response["content"] as { mimeType: string };
    assertEquals([mimeType, entry?.response["redirectURL"]], [type, location]);
  },
  { permissions: "none" },
);

testRows<[coding: BodyFacts["coding"], content: Record<string, unknown>]>(
  "formatHar() contains the decoded size, and the octets saved by the coding",
  [
    [undefined, { size: 100, mimeType: "", text: "decoded" }],
    [{ names: ["gzip"], decodedBytes: 700 }, {
      size: 700,
      compression: 600,
      mimeType: "",
      text: "decoded",
    }],
    [{ names: ["br"], error: "why" }, { size: 100, mimeType: "", text: "decoded" }],
  ],
  ([coding, content]) => {
    const body: BodyFacts = {
      framing: "chunked",
      bytes: 100,
      wireBytes: 110,
      complete: true,
      trailers: [],
      ...(coding && { coding }),
      text: "decoded",
    };
    const [entry] = entriesOf(formatHar([plainResult({ headers: [], body })]));
    assertEquals(entry?.response["content"], { ...content, ...(coding && { _coding: coding }) });
    assertEquals(entry?.response["bodySize"], 110);
  },
  { permissions: "none" },
);

testRows<[timings: Timings, time: number, har: number[]]>(
  "formatHar() counts ssl as a part of connect, and writes -1 for missing times",
  [
    [{ dns: 1, connect: 2, tls: 4, send: 8, wait: 16, receive: 32, total: 99 }, 63, [-1, 1, 6, 4, 8, 16, 32]],
    [{ connect: 2, send: 8, wait: 16, receive: 32, total: 99 }, 58, [-1, -1, 2, -1, 8, 16, 32]],
    [{ send: 8, wait: 16, receive: 32, total: 99 }, 56, [-1, -1, -1, -1, 8, 16, 32]],
    [{ dns: 5, total: 99 }, 5, [-1, 5, -1, -1, 0, 0, 0]],
    [{ connect: 2, listen: 60, send: 8, wait: 16, receive: 0, own: 3, total: 89, lag: 1, lost: 12 }, 89, [
      63,
      -1,
      2,
      -1,
      8,
      16,
      0,
    ]],
  ],
  ([timings, time, har]) => {
    const [entry] = entriesOf(formatHar([plainResult({ timings })]));
    assertEquals([entry?.time, Object.values(entry?.timings ?? {})], [time, har]);
    assertEquals(entry?._timings, timings);
  },
  {
    permissions: "none",
  },
);

Deno.test("formatHar() has status 0 if no response was read, and no invalid address", {
  permissions: "none",
}, () => {
  const [refused] = entriesOf(formatHar([refusedResult()]));
  assertEquals([refused?.response["status"], refused?.serverIPAddress], [0, undefined]);
  const peer = { address: "/run/app.sock", port: 0 };
  const [socket] = entriesOf(
    formatHar([plainResult({ connection: { ...plainResult().connection!, peer } })]),
  );
  assertEquals(socket?.serverIPAddress, undefined);
  assertEquals(entriesOf(formatHar([plainResult()]))[0]?.serverIPAddress, "127.0.0.1");
});

testRows<[line: string, cookie: Partial<HarCookie>]>("parseSetCookie() reads a line like a browser", [
  ["a=1", { name: "a", value: "1" }],
  [" a = 1=2 ; Path=/x; DOMAIN=.b.test", { name: "a", value: "1=2", path: "/x", domain: ".b.test" }],
  ["a=; HttpOnly; secure", { name: "a", value: "", httpOnly: true, secure: true }],
  ["flag", { name: "", value: "flag" }],
  ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", {
    name: "a",
    value: "1",
    expires: "2026-10-21T07:28:00.000Z",
  }],
  ["a=1; Expires=never", { name: "a", value: "1" }],
  ["", { name: "", value: "" }],
], ([line, cookie]) => {
  assertEquals(
    parseSetCookie(line),
    { httpOnly: false, secure: false, name: "", value: "", ...cookie },
    line,
  );
}, { permissions: "none" });

Deno.test("formatHar() contains the written request, and sizes of -1 if they are unknown", {
  permissions: "none",
}, async (test) => {
  const headers: [string, string][] = [["Host", "h"], ["Cookie", "***"]];
  const written = {
    method: "POST",
    target: "*",
    version: "1.0",
    headers,
    headBytes: 40,
    bodyBytes: 7,
    sentBytes: 47,
  };
  const rows: [request: WrittenRequest | undefined, har: Record<string, unknown>][] = [
    [undefined, { method: "GET", httpVersion: "unknown", headers: [], headersSize: -1, bodySize: -1 }],
    [{ ...written, complete: true }, {
      method: "POST",
      httpVersion: "HTTP/1.0",
      headers: [{ name: "Host", value: "h" }, { name: "Cookie", value: "***" }],
      cookies: [],
      headersSize: 40,
      bodySize: 7,
      _target: "*",
      _complete: true,
    }],
    [{ ...written, sentBytes: 41, complete: false, deviations: ["bare-lf"], excerpt: "POST" }, {
      headersSize: 40,
      bodySize: -1,
      _sentBytes: 41,
      _complete: false,
      _deviations: ["bare-lf"],
      _excerpt: "POST",
    }],
    [{ headers: [], headBytes: 0, bodyBytes: 3, sentBytes: 3, complete: true, excerpt: "\\x00\\r\\n" }, {
      method: "GET",
      httpVersion: "unknown",
      headers: [],
      headersSize: -1,
      bodySize: 3,
      _excerpt: "\\x00\\r\\n",
    }],
  ];
  await stepRows(test, rows, ([request, har]) => {
    const [entry] = entriesOf(formatHar([plainResult(request ? { request } : {})]));
    assertObjectMatch({ ...entry?.request }, har);
  });
});

Deno.test(
  "HarFormatter adds the outcome of a check to the entry of the last hop",
  { permissions: "none" },
  () => {
    const har = new HarFormatter();
    const check = degradedOutcome();
    const text = har.begin() + har.row(truncatedResult(), { check }) +
      har.row(goodResult(), { check: outcomeOf("up") }) + har.end();
    const entries = entriesOf(text) as unknown as Readonly<Record<string, unknown>>[];
    assertEquals(entries.map((entry) => entry["_check"]), [undefined, { ...check }, { ...outcomeOf("up") }]);
    assertEquals(entries.map(({ comment }) => comment), [
      undefined,
      "shop: degraded, not chain.total < 1s (found 1.2 s)",
      "shop: up",
    ]);
  },
);

testRows<[check: CheckOutcome, comment: string]>("HarFormatter describes a check in the comment", [
  [outcomeOf("up"), "shop: up"],
  [outcomeOf("down"), "shop: down, why it is down"],
  [outcomeOf("up", { excluded: "maintenance" }), "shop: up (in maintenance)"],
  [
    outcomeOf("down", { excluded: "maintenance", certificate: ENDING }),
    "shop: down (in maintenance), why it is down, the certificate CN=Old CA of https://first.test/ expires in 5 days, " +
    "on 2026-03-06",
  ],
], ([check, comment]) => {
  const har = new HarFormatter();
  const [entry] = entriesOf(har.begin() + har.row(goodResult(), { check }) + har.end());
  assertObjectMatch({ ...entry }, { comment });
}, { permissions: "none" });
