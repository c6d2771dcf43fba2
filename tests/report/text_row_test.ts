import { sgrPaint } from "../text/_sgr_paint.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { makeRowFormatter } from "../../lib/report/row_formatter.ts";
import { formatTextRow, formatTextRowHeader, type TextRowOptions } from "../../lib/report/text_row.ts";
import {
  goodConnection,
  goodResult,
  oddDeviations,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const WIDE = 120;
const SHOP = "https://shop.example.test/items?page=2";
const LONG = `https://shop.example.test/${"a/".repeat(30)}?page=2`;
const WATCHED = goodResult({ connection: goodConnection({ end: { by: "us", how: "open", watched: 3 } }) });
const UNMET = plainResult({
  ok: false,
  checks: [{ expect: "status == 201", ok: false, actual: 200 }, {
    expect: "total < 1s",
    ok: true,
    actual: 1,
  }],
});
const MANY_UNMET = plainResult({ ok: false, checks: Array(5).fill(UNMET.checks[0]) });
const IPV6 = plainResult({
  input: "http://[2001:db8:1:2:3:4:5:6]:8080/",
  connection: goodConnection({ peer: { address: "2001:db8:1:2:3:4:5:6", port: 8080 } }),
});

testRows<[width: number, result: ProbeResult, lines: string[]]>(
  "formatTextRow() keeps the target whole at every width, and gives the cause a line of its own",
  [
    [40, goodResult(), ["200          150 ms", `  ${SHOP}`]],
    [40, goodResult({ input: "http://localhost/" }), ["200          150 ms http://localhost/"]],
    [40, goodResult({ input: "http://localhost/abcd" }), ["200          150 ms", "  http://localhost/abcd"]],
    [40, refusedResult(), ["refused      0.9 ms", "  http://localhost:8081/", "  connection refused"]],
    [
      40,
      refusedResult({
        error: { kind: "aborted", phase: "wait", by: "local", message: "Cannot wait: aborted" },
      }),
      ["aborted      0.9 ms", "  http://localhost:8081/"],
    ],
    [80, goodResult(), [`200          150 ms chunked open        0 ${SHOP}`]],
    [80, WATCHED, [`200          150 ms chunked open 3 ms   0 ${SHOP}`]],
    [80, goodResult({ input: LONG.slice(0, 68) }), [
      "200          150 ms chunked open        0",
      `            ${LONG.slice(0, 68)}`,
    ]],
    [80, goodResult({ input: LONG.slice(0, 69) }), [
      "200          150 ms chunked open        0",
      `  ${LONG.slice(0, 69)}`,
    ]],
    [80, goodResult({ input: LONG }), ["200          150 ms chunked open        0", `  ${LONG}`]],
    [80, refusedResult(), [
      "refused      0.9 ms -       -           0 http://localhost:8081/",
      "            connection refused",
    ]],
    [80, UNMET, [
      "200 unmet   0.78 ms chunked open        0 127.0.0.1:8080",
      "            not status == 201 (found 200)",
    ]],
    [80, MANY_UNMET, [
      "200 unmet   0.78 ms chunked open        0 127.0.0.1:8080",
      "            not status == 201 (found 200); not status == 201 (found 200); not",
      "            status == 201 (found 200); 2 more expectations unmet",
    ]],
    [80, IPV6, ["200         0.78 ms chunked open        0 http://[2001:db8:1:2:3:4:5:6]:8080/"]],
    [WIDE, goodResult(), [
      `200          150 ms 192.0.2.10      nginx/1.25.3 chunked open         0 ${SHOP}`,
    ]],
    [Infinity, UNMET, [
      "200 unmet   0.78 ms 127.0.0.1       nginx/1.25.3 chunked open        0 127.0.0.1:8080 " +
      "(not status == 201 (found 200))",
    ]],
    [Infinity, goodResult({ input: LONG }), [
      `200          150 ms 192.0.2.10      nginx/1.25.3 chunked open        0 ${LONG}`,
    ]],
    [Infinity, IPV6, [
      "200         0.78 ms 2001:db8:1:2:3:4:5:6 nginx/1.25.3 chunked open        0 " +
      "http://[2001:db8:1:2:3:4:5:6]:8080/",
    ]],
  ],
  ([width, result, lines]) => assertEquals(formatTextRow(result, { width }).split("\n"), lines),
  { permissions: "none" },
);

testRows<[facts: Partial<ProbeResult>, target: string]>(
  "formatTextRow() tells apart targets with the same name",
  [
    [{ input: "shop.test", address: "2001:db8::1" }, "shop.test at 2001:db8::1"],
    [{ input: "shop.test", tag: "europe \x1b" }, "shop.test [europe \\x1b]"],
    [
      { input: "http://bücher.例え.jp/", address: "192.0.2.1", tag: "a" },
      "http://bücher.例え.jp/ at 192.0.2.1 [a]",
    ],
  ],
  ([facts, target]) => {
    assertStringIncludes(formatTextRow(plainResult(facts), { width: 40 }), `\n  ${target}`);
    assert(formatTextRow(plainResult(facts), { width: Infinity }).endsWith(` ${target}`));
  },
  { permissions: "none" },
);

testRows<[message: string, cause: string]>(
  "formatTextRow() keeps only the cause of a failure",
  [
    ["Cannot connect to a.test: refused: by a rule", "refused: by a rule"],
    ['Cannot probe "http://a/: \\"b\\": c": it has quotes', "it has quotes"],
    ['line 3: Cannot probe "a: b,c": it is a row', "line 3: it is a row"],
    ['Cannot read the answer to GET http://a/?"b=1: the head does not end', "the head does not end"],
    ['Cannot probe "a: it does not end', 'Cannot probe "a: it does not end'],
  ],
  ([message, cause]) => {
    const error = { kind: "usage", phase: "dns", by: "local", message } as const;
    const row = formatTextRow(plainResult({ input: "a", ok: false, error }), { width: Infinity });
    assert(row.endsWith(` a (${cause})`), row);
  },
  { permissions: "none" },
);

testRows<[result: ProbeResult, line: string]>(
  "formatTextRow() shows where redirects led",
  [
    [
      plainResult({ input: "a.test", redirects: [goodResult()], url: LONG }),
      `            redirected to ${LONG}`,
    ],
    [truncatedResult({ input: "a.test" }), "            the body"],
  ],
  ([result, line]) => assertEquals(formatTextRow(result).split("\n").at(-1), line),
  { permissions: "none" },
);

testRows<[width: number, header: string]>(
  "formatTextRow() omits columns until a target has 36 columns, the address first",
  [
    [Infinity, "status         time address         server       framing conn      dev target"],
    [WIDE, "status         time address         server       framing conn       dev target"],
    [107, "status         time address         server       framing conn      dev target"],
    [106, "status         time server         framing conn       dev target"],
    [91, "status         time server       framing conn      dev target"],
    [90, "status         time framing conn      dev target"],
    [80, "status         time framing conn      dev target"],
    [78, "status         time framing conn      dev target"],
    [77, "status         time conn      dev target"],
    [69, "status         time dev target"],
    [60, "status         time dev target"],
    [58, "status         time target"],
    [40, "status         time target"],
    [1, "status         time target"],
  ],
  ([width, header]) => assertEquals(formatTextRowHeader({ width }), header, String(width)),
  { permissions: "none" },
);

Deno.test("makeRowFormatter() repeats its titles once a resized terminal has other columns", {
  permissions: "none",
}, () => {
  const look = { width: 80 };
  const formatter = makeRowFormatter(look);
  const titles = (): number => formatter.row(goodResult()).split("status ").length - 1;
  assertEquals(formatter.begin(), `${formatTextRowHeader({ width: 80 })}\n`);
  assertEquals([80, 79, 40, 41, 80].map((width) => (look.width = width, titles())), [0, 0, 1, 0, 1]);
  assertEquals(formatter.end(), "");
});

Deno.test("formatTextRow() shows the requested columns", { permissions: "none" }, async (test) => {
  const reused = plainResult({
    connection: goodConnection({
      reused: true,
      end: { by: "peer", how: "rst" },
      announced: { persistent: false },
    }),
    deviations: Array.from({ length: 300 }, oddDeviations).flat(),
  });
  const rows: [result: ProbeResult, columns: TextRowOptions["columns"], line: string][] = [
    [reused, ["reuse", "wait", "receive", "server"], "warm  0.42 ms 0.03 ms nginx/1.25.3"],
    [
      refusedResult(),
      ["reuse", "wait", "server", "error"],
      "-           - -          connection refused",
    ],
    [reused, ["connection", "deviations"], "rst       99+"],
    [
      truncatedResult({ deviations: [], redirects: [] }),
      ["deviations", "status"],
      "   0 truncated (The connection was closed with FIN after 1,204 of 5,000 octets of the body)",
    ],
    [goodResult(), ["url", "status"], `${SHOP} 200`],
  ];
  await stepRows(test, rows, ([result, columns = [], line]) => {
    assertEquals(
      formatTextRow(result, { columns, width: Infinity }).replace(/ +/g, " "),
      line.replace(/ +/g, " "),
    );
  });
});

testRows<[result: ProbeResult, start: string]>("formatTextRow() colours by the verdict", [
  [plainResult(), "\x1b[32m200\x1b[39m"],
  [plainResult({ status: 301 }), "\x1b[36m301\x1b[39m"],
  [plainResult({ status: 404 }), "\x1b[33m404\x1b[39m"],
  [plainResult({ status: 500 }), "\x1b[1;31m500\x1b[22;39m"],
  [refusedResult(), "\x1b[1;31mrefused\x1b[22;39m"],
  [
    refusedResult({
      error: { kind: "resource", phase: "connect", by: "local", message: "Too many open files" },
    }),
    "\x1b[33mresource\x1b[39m",
  ],
], ([result, start]) => {
  const line = formatTextRow(result, { paint: sgrPaint });
  assert(line.startsWith(start), JSON.stringify(line));
}, { permissions: "none" });
