import { assert, assertEquals } from "@std/assert";
import { formatHtml, HtmlFormatter } from "../../../lib/report/html.ts";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import type { ConnectionEnd, ConnectionFacts, ProbeResult } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { goodConnection, goodResult, goodTls, plainResult, refusedResult } from "../_samples.ts";
import { type Element, find, only, parsePage, textOf } from "./_page_tree.ts";

/** Gives the part of a page that has an identifier. */
function partOf(results: readonly ProbeResult[], id: string): Element {
  return only(parsePage(formatHtml(results)), `#${id}`);
}

function textsOf(part: Element, selector: string): string[] {
  return find(part, selector).map(textOf);
}

/** Makes many results, each with an input of its own. */
function many(count: number, make: (index: number) => Partial<ProbeResult>, first = 0): ProbeResult[] {
  return Array.from(
    { length: count },
    (_, index) => plainResult({ input: `http://h${first + index}.test/`, ...make(index) }),
  );
}

function failed(index: number, kind: "refused" | "resolve" = "refused"): ProbeResult {
  const message = `Cannot connect to 10.0.0.${index}:80: connection refused`;
  return refusedResult({
    input: `http://h${index}.test/`,
    error: { kind, phase: kind === "resolve" ? "dns" : "connect", by: "target", message },
  });
}

Deno.test("The errors of a page are grouped, the most frequent first, with their targets", {
  permissions: "none",
}, () => {
  const results = [
    failed(0, "resolve"),
    ...Array.from({ length: 25 }, (_, index) => failed(index + 1)),
    goodResult(),
  ];
  const part = partOf(results, "errors");
  assertEquals(textsOf(part, "summary"), [
    "refused 25 while connecting, fault of the target",
    "resolve 1 while looking up the name, fault of the target",
  ]);
  const [many, few] = find(part, "details");
  assertEquals([many!, few!].map(({ attributes }) => attributes.has("open")), [false, true]);
  const items = textsOf(many!, "li");
  assertEquals([items.length, items[0], items.at(-1)], [
    21,
    "http://h1.test/ connection refused",
    "and 5 more",
  ]);
  assertEquals(find(many!, "a")[0]!.attributes.get("href"), "#r2");
});

Deno.test("A page without errors has no such part", { permissions: "none" }, () => {
  const page = parsePage(formatHtml([goodResult()]));
  assertEquals([...find(page, "#errors"), ...find(page, "#expectations")], []);
  assertEquals(textsOf(only(page, "nav"), "a"), [
    "Status codes",
    "Connections",
    "Times",
    "Slowest",
    "Deviations",
    "All rows",
  ]);
});

Deno.test("The expectations of a page tell how many targets fulfil each", { permissions: "none" }, () => {
  const results = many(8, (index) => ({
    ok: index !== 3,
    checks: [
      { expect: "version == 1.1", ok: true, actual: "1.1" },
      { expect: "status == 200", ok: index !== 3, actual: index === 3 ? 503 : 200 },
    ],
  }));
  const part = partOf(results, "expectations");
  assertEquals(textsOf(part, "h3"), ["status == 200", "version == 1.1"]);
  assertEquals(textsOf(part, "p"), ["1 not fulfilled, 7 fulfilled", "always fulfilled, 8 fulfilled"]);
  assertEquals(textsOf(only(part, "ul.targets"), "li"), ["http://h3.test/ found 503"]);
});

Deno.test("A page escapes what an expectation found once", { permissions: "none" }, () => {
  const checks = [{ expect: "body ~ /a\\.b/", ok: false, actual: "a\nb\u202e" }];
  const results = many(1, () => ({ ok: false, checks }));
  assertEquals(textsOf(only(partOf(results, "expectations"), "ul.targets"), "li"), [
    'http://h0.test/ found "a\\nb\\u{202e}"',
  ]);
  assertEquals(textsOf(partOf(results, "rows"), "span.why"), [
    'not body ~ /a\\.b/ (found "a\\nb\\u{202e}")',
  ]);
});

Deno.test("The phases of a page have the names of the text", { permissions: "none" }, () => {
  const results = many(3, (index) => ({ timings: { connect: 1, wait: 5, own: 2, total: 8 + index } }));
  const names = ["connect", "wait", "sonde", "total"];
  const times = partOf(results, "times");
  assertEquals(textsOf(times, "th").slice(-4), names);
  assertEquals(find(times, "svg").map(({ attributes }) => attributes.get("class")), [
    "spread connect",
    "spread wait",
    "spread sonde",
    "spread total",
  ]);
  assertEquals(textsOf(partOf(results, "slowest"), "title").slice(0, 3), [
    "connect 1 ms",
    "wait 5 ms",
    "sonde 2 ms",
  ]);
});

Deno.test("The status codes of a page have counts, shares and targets", { permissions: "none" }, () => {
  const results = [
    ...many(6, () => ({ status: 200 })),
    ...many(2, () => ({ status: 503 }), 6),
    failed(8),
  ];
  const [, ...rows] = find(partOf(results, "statuses"), "tr");
  assertEquals(rows.map((row) => [...textsOf(row, "th"), ...textsOf(row, "td")]), [
    ["200", "6", "66.67 %", ""],
    ["503", "2", "22.22 %", "http://h6.test/, http://h7.test/"],
  ]);
  const bars = rows.map((row) => find(row, "path")[0]!.attributes.get("d"));
  assertEquals(bars, ["M0 0h66.7v10H0", "M0 0h22.2v10H0"]);
});

function ended(end: ConnectionEnd, changes: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return goodConnection({ end, ...changes });
}

Deno.test("The connections of a page are counted by their end and the announcement", {
  permissions: "none",
}, () => {
  const close = { announced: { persistent: false } };
  const connections = [
    ended({ by: "us", how: "open" }),
    ended({ by: "us", how: "open" }, { reused: true }),
    ended({ by: "us", how: "open" }, close),
    ended({ by: "peer", how: "fin", after: 4 }, close),
    ended({ by: "peer", how: "fin", after: 6 }, { announced: { persistent: true, timeout: 60 } }),
  ];
  const part = partOf(many(5, (index) => ({ connection: connections[index]! })), "connections");
  const [, ...rows] = find(part, "tr");
  assertEquals(rows.map((row) => [...textsOf(row, "th"), ...textsOf(row, "td")]), [
    ["kept open1 contradiction", "2", "1", "0"],
    ["closed by the server with FIN1 contradiction · median 4 ms after the response", "1", "1", "0"],
  ]);
  assertEquals(
    textsOf(part, "p")[0],
    "5 requests on a connection, 1 of them on a reused one · " +
      "an open connection was still open when sonde stopped watching it · announced idle timeouts: 60 s (1)",
  );
});

Deno.test("The contradictions of a page are grouped without their durations", { permissions: "none" }, () => {
  const lie = (after: number) =>
    ended({ by: "peer", how: "fin", after }, { announced: { persistent: true, timeout: 60 } });
  const results = [
    ...many(2, (index) => ({ connection: lie(index + 3) })),
    ...many(1, () => ({
      connection: goodConnection({ surplusBytes: 7 }),
      newConnection: { why: "fin" as const, message: "closed" },
    }), 2),
  ];
  const part = partOf(results, "connections");
  assertEquals(textsOf(part, "h3"), [
    "Contradiction: the server promised 60 seconds of keep-alive, then closed 2",
    "Octets came after the end of the response 1",
    "A new connection was needed: fin 1",
  ]);
  assertEquals(textsOf(part, "li"), [
    "http://h0.test/ 3 ms after the response",
    "http://h1.test/ 4 ms after the response",
    "http://h2.test/ 7 octets",
    "http://h2.test/",
  ]);
  const [quiet] = find(partOf([goodResult()], "connections"), "p").slice(-1);
  assertEquals(textOf(quiet!), "No server contradicted its announcement.");
});

Deno.test("The times of a page are those of the answered requests, cold and warm apart", {
  permissions: "none",
}, () => {
  const timed = (total: number, reused = false): Partial<ProbeResult> => ({
    timings: { ...(reused ? {} : { connect: 10 }), total },
    connection: goodConnection({ reused }),
  });
  const results = [
    ...many(2, (index) => timed(100 * 10 ** index)),
    ...many(1, () => timed(50, true), 2),
    failed(3),
  ];
  const part = partOf(results, "times");
  assertEquals(textsOf(part, "h3"), ["On new connections: 2 requests", "On reused connections: 1 request"]);
  const [cold, warm] = find(part, "table").map((table) =>
    find(table, "tr").map((row) => textOf(row.children.at(0)!) + textOf(row.children.at(-1)!))
  );
  assertEquals(cold, ["phasemax", "connect10 ms", "total1 s"]);
  assertEquals(warm, ["phasemax", "total50 ms"]);
  const plots = find(part, "svg");
  assertEquals(plots.map(({ attributes }) => attributes.get("aria-label")), [
    "connect: most often from 10 ms to 12.6 ms",
    "total: most often from 100 ms to 126 ms",
  ]);
  // The axis goes from 10 ms to 10 s, with ten steps for each factor of ten.
  assertEquals(find(plots[1]!, "path")[1]!.attributes.get("d"), "M10 24v-24h1v24M20 24v-24h1v24");
  assertEquals(textsOf(only(part, "div.decades"), "span"), ["10 ms", "100 ms", "1 s"]);
});

Deno.test("The slowest rows of a page show their phases beside each other", { permissions: "none" }, () => {
  const results = many(12, (index) => ({ timings: { wait: index, receive: index, total: 2 * index } }));
  const part = partOf(results, "slowest");
  const items = find(part, "li");
  assertEquals(items.length, 10);
  assertEquals(
    [items[0]!, items[9]!].map((item) => ["b", "a", "span.soft"].map((name) => textOf(only(item, name)))),
    [
      ["22 ms", "http://h11.test/", "wait 11 ms, receive 11 ms"],
      ["4 ms", "http://h2.test/", "wait 2 ms, receive 2 ms"],
    ],
  );
  const drawn = find(items[9]!, "path").map((
    { attributes },
  ) => [attributes.get("class"), attributes.get("d")]);
  assertEquals(drawn, [["wait", "M0 0H91v10H0"], ["receive", "M91 0H182v10H91"]]);
});

Deno.test("The deviations of a page name rule, targets and an example", { permissions: "none" }, () => {
  const lf = () => makeDeviation("bare-lf", 17, "A line ends with LF alone", "HTTP/1.1 200 OK\n");
  const results = [
    ...many(4, () => ({ deviations: [lf(), lf()] })),
    ...many(1, () => ({ deviations: [makeDeviation("truncated-body", 9, "The body ends early")] }), 4),
  ];
  const items = find(partOf(results, "deviations"), "li");
  assertEquals(items.map(textOf), [
    "truncated-body 1fatal, RFC 9112 §8The body ends early at octet 9http://h4.test/",
    "bare-lf 4tolerated, RFC 9112 §2.2, 8 placesA line ends with LF alone at octet 17 HTTP/1.1 200 OK\\n" +
    "http://h0.test/, http://h1.test/, http://h2.test/, and 1 more",
  ]);
  assertEquals(textsOf(partOf([goodResult()], "deviations"), "p"), ["No response broke a rule."]);
});

testRows<[ok: number, notOk: number, sentence: string]>(
  "The table of a page has a bounded number of rows, and says what it leaves out",
  [
    [5_000, 0, ""],
    [
      20_000,
      3,
      "The table has all 3 that are not ok, and the first 4,997 that are ok: it leaves out 15,003 rows. " +
      "The figures above are about all 20,003.",
    ],
    [
      7,
      6_000,
      "The table has the first 5,000 of 6,000 that are not ok, and none that is ok: it leaves out 1,007 rows. " +
      "The figures above are about all 6,007.",
    ],
  ],
  ([ok, notOk, sentence]) => {
    const html = formatHtml([
      ...many(ok, () => ({})),
      ...Array.from({ length: notOk }, (_, index) => failed(ok + index)),
    ]);
    const part = only(parsePage(html), "#rows");
    assertEquals(find(part, "p.left-out").map(textOf), sentence === "" ? [] : [sentence]);
    assertEquals(find(only(part, "table.rows"), "tr").length, 5_001);
    assert(html.length < 5_000_000, String(html.length));
  },
  { permissions: "none" },
);

Deno.test("A row that the user did not want counts, but is not in the table", { permissions: "none" }, () => {
  const page = new HtmlFormatter();
  const text = [page.begin(), page.row(failed(0))];
  page.count(goodResult());
  const tree = parsePage([...text, page.end()].join(""));
  assertEquals(textOf(only(only(tree, "section.overview"), "h2")), "✕1 of 2 targets is not ok");
  assertEquals(find(only(tree, "table.rows"), "tr").length, 2);
  assertEquals(
    textOf(only(tree, "p.left-out")),
    "--only left 1 row out of the table. The figures above are about all 2.",
  );
  // A part of the page links only to rows that the table has.
  const links = find(tree, "a").map(({ attributes }) => attributes.get("href")!);
  assertEquals([...new Set(links.filter((href) => href.startsWith("#r") && href !== "#rows"))], ["#r1"]);
});

Deno.test("The overview of a page tells of retries, of targets without TLS, and of delays of sonde", {
  permissions: "none",
}, () => {
  const { error } = failed(0);
  const results = [
    ...many(1, () => ({ attempts: [{ error: error!, total: 1 }] })),
    ...many(2, () => ({ attempts: [{ error: error!, total: 1, url: "https://h1.test/" }] }), 1),
    ...many(1, () => ({ timings: { total: 20, lag: 10 } }), 3),
  ];
  const overview = only(parsePage(formatHtml(results)), "section.overview");
  assertEquals(
    textOf(only(overview, "p")),
    "1 after retries · 2 over http, as https failed · 25 % of the rows lost more than a tenth of their " +
      "time to sonde itself (worst 10 ms): a lower --concurrency measures better",
  );
});

Deno.test("A page numbers the requests to one target wherever it names them", { permissions: "none" }, () => {
  const input = "http://h.test/";
  const results = [1, 2, 3].map((total) => plainResult({ input, timings: { total } }));
  const page = parsePage(formatHtml(results));
  assertEquals(textsOf(only(page, "#slowest"), "a"), [3, 2, 1].map((number) => `${input} no. ${number}`));
  const [heading, ...rows] = find(only(page, "table.rows"), "tr").map((row) => textOf(row.children[0]!));
  assertEquals([heading, ...rows], ["no.", "1", "2", "3"]);
});

Deno.test(
  "A row that lacks what an expectation is about is a target all the same",
  { permissions: "none" },
  () => {
    const message = "Cannot check the expectations: the row does not hold the content";
    const results = [
      plainResult({ input: "a", ok: false, error: { kind: "usage", phase: "body", by: "local", message } }),
      refusedResult({
        input: "b",
        error: { kind: "usage", phase: "connect", by: "local", message: "Cannot connect: x" },
      }),
    ];
    assertEquals(textsOf(partOf(results, "errors"), "summary"), [
      "usage 1 an expectation cannot be checked",
      "usage 1 while connecting, local fault: it says nothing about the target",
    ]);
  },
);

Deno.test("A line that is not a target has an error, but no time", { permissions: "none" }, () => {
  const bad = refusedResult({
    input: "not a host",
    startedAt: "2026-03-02T00:00:00.000Z",
    error: { kind: "usage", phase: "dns", by: "local", message: 'line 2: Cannot probe "not a host"' },
  });
  const page = parsePage(formatHtml([plainResult(), bad]));
  assertEquals(textsOf(only(page, "#errors"), "summary"), ["usage 1 not a target"]);
  assertEquals(textsOf(only(page, "#slowest"), "a"), ["127.0.0.1:8080"]);
  assertEquals(
    textsOf(only(page, "header"), "p")[0],
    "Started 2026-03-01 12:00:00 UTC · 0.78 ms from the first request to the last answer",
  );
});

Deno.test("The certificates of a page end soon, or were not accepted", { permissions: "none" }, () => {
  const subjects = ["CN=a", "CN=b", "CN=c"];
  const days = [30, 29, -1];
  const results = Array.from({ length: 6 }, (_, index) => {
    const tls = goodTls({}, days[index % 3]!);
    const certificate = {
      ...tls.certificate!,
      subject: subjects[index % 3]!,
      fingerprint256: String(index % 3),
    };
    const refused = index === 5 ? { verified: false, verifyError: "certificate has expired" } : {};
    return goodResult({ input: `http://h${index}.test/`, tls: { ...tls, certificate, ...refused } });
  });
  const items = find(partOf(results, "certificates"), "li");
  assertEquals(items.map((item) => textsOf(item, "h3")[0]), ["CN=c 2", "CN=b 2", "Not accepted 1"]);
  assertEquals(items.map((item) => textsOf(item, "p").at(-1)), [
    "http://h2.test/, http://h5.test/",
    "http://h1.test/, http://h4.test/",
    "http://h5.test/",
  ]);
  assertEquals(find(parsePage(formatHtml([goodResult()])), "#certificates"), []);
});
