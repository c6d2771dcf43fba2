import { assert, assertEquals } from "@std/assert";
import {
  formatNagios,
  formatNagiosUnknown,
  type NagiosCode,
  nagiosCode,
  NagiosFormatter,
} from "../../lib/report/nagios.ts";
import { formatDocument } from "../../lib/report/formatter.ts";
import type { ProbeResult } from "../../lib/result.ts";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import {
  degradedOutcome,
  ENDING,
  goodResult,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const LOCAL = { kind: "resource", phase: "connect", by: "local", message: "too many open files" } as const;
const GOOD = [{ expect: "status < 600", ok: true, actual: 503 }];
const BAD = [{ expect: "status == 200", ok: false, actual: 404 }];

testRows<[result: ProbeResult, code: NagiosCode]>("nagiosCode() follows the monitoring plugins", [
  [goodResult(), 0],
  [goodResult({ status: 302 }), 0],
  [goodResult({ status: 404 }), 1],
  [goodResult({ status: 503 }), 2],
  [goodResult({ status: 503, checks: GOOD }), 0],
  [goodResult({ ok: false, checks: BAD }), 2],
  [refusedResult(), 2],
  [truncatedResult(), 2],
  [refusedResult({ error: LOCAL }), 3],
], ([result, code]) => {
  assertEquals(nagiosCode(result), code);
}, { permissions: "none" });

Deno.test("formatNagios() is one line with performance data", { permissions: "none" }, async (test) => {
  const limit = [{ expect: "timings.total < 1500ms", ok: true, actual: 0.78 }];
  const rows: [result: ProbeResult, line: string][] = [
    [
      plainResult({ checks: limit }),
      "HTTP OK - 200 in 0.78 ms | time=0.000780s;;1.5;0 time_connect=0.000210s;;;0 time_firstbyte=0.000750s;;;0 size=1204B;;;0",
    ],
    [
      plainResult({ ok: false, status: 404, checks: BAD }),
      "HTTP CRITICAL - 404 in 0.78 ms, not status == 200 (found 404) | time=0.000780s;;;0 time_connect=0.000210s;;;0 " +
      "time_firstbyte=0.000750s;;;0 size=1204B;;;0",
    ],
    [
      plainResult({
        timings: { connect: 1, listen: 60, send: 2, wait: 3, receive: 4, own: 5, total: 75 },
      }),
      "HTTP OK - 200 in 75 ms | time=0.075000s;;;0 time_connect=0.001000s;;;0 time_firstbyte=0.071000s;;;0 size=1204B;;;0",
    ],
    [
      refusedResult({ timings: { total: 2.5 } }),
      "HTTP CRITICAL - refused in connect: Cannot connect to 127.0.0.1:8081: connection refused | time=0.002500s;;;0 size=0B;;;0",
    ],
  ];
  await stepRows(test, rows, ([result, line]) => {
    assertEquals(formatNagios(result), line);
  });
});

Deno.test(
  "formatNagios() lets no peer add performance data, lines or markup",
  { permissions: "none" },
  () => {
    const line = formatNagios(hostileResult());
    assertEquals([line.split("|").length, line.split("\n").length, line.includes("<")], [2, 1, false]);
    assertEquals(formatNagiosUnknown("a | b\nc"), "HTTP UNKNOWN - a \\x7c b\\nc\n");
  },
);

Deno.test(
  "NagiosFormatter sums up several targets, the worst first",
  { permissions: "none" },
  async (test) => {
    const rows: [results: ProbeResult[], code: NagiosCode, text: string][] = [
      [[], 3, "HTTP UNKNOWN - nothing was probed\n"],
      [[goodResult(), goodResult()], 0, "HTTP OK - 2 of 2 ok | ok=2;;;0;2\n"],
      [
        [plainResult({ status: 404 }), refusedResult({ error: LOCAL }), goodResult()],
        3,
        "HTTP UNKNOWN - 1 of 3 ok | ok=1;;;0;3\n127.0.0.1:8080: WARNING - 404 in 0.78 ms\n" +
        "http://localhost:8081/: UNKNOWN - resource in connect: too many open files\n",
      ],
      [
        [refusedResult({ error: LOCAL }), plainResult({ status: 500 })],
        2,
        "HTTP CRITICAL - 0 of 2 ok | ok=0;;;0;2\nhttp://localhost:8081/: UNKNOWN - resource in connect: too many open files\n" +
        "127.0.0.1:8080: CRITICAL - 500 in 0.78 ms\n",
      ],
    ];
    await stepRows(test, rows, ([results, code, text]) => {
      const document = new NagiosFormatter();
      assertEquals(formatDocument(document, results), text);
      assertEquals(document.code, code);
    });
    const endings: [count: number, ending: string][] = [
      [20, "connection refused\n"],
      [21, "connection refused\nand 1 more\n"],
      [50, "connection refused\nand 30 more\n"],
    ];
    await stepRows(test, endings, ([count, ending]) => {
      const text = formatDocument(
        new NagiosFormatter(),
        Array.from({ length: count }, () => refusedResult()),
      );
      assert(text.endsWith(ending), text);
    });
  },
);

Deno.test("NagiosFormatter names the worst of many targets, in their order", { permissions: "none" }, () => {
  const document = new NagiosFormatter();
  const outcomes = [
    ...Array.from({ length: 30 }, (_, index) => degradedOutcome({ name: `slow ${index}` })),
    outcomeOf("down", { name: "gone" }),
    outcomeOf("unknown", { name: "unmeasured" }),
    degradedOutcome({ name: "slow too" }),
    outcomeOf("up", { name: "good" }),
  ];
  for (const check of outcomes) document.row(plainResult({ tag: check.name }), { check });
  const [first, ...lines] = document.end().split("\n");
  const slow = Array.from({ length: 18 }, (_, index) => `slow ${index}`);
  assertEquals(
    first,
    `HTTP CRITICAL - 1 of 34 ok (down: gone; unknown: unmeasured; degraded: ${
      slow.join(", ")
    }) | ok=1;;;0;34`,
  );
  assertEquals(
    lines.map((line) => line.replace(/ \(.*/, "")),
    [...slow, "gone", "unmeasured", "and 13 more", ""],
  );
});

const PERFORMANCE =
  "time=0.000780s;;;0 time_connect=0.000210s;;;0 time_firstbyte=0.000750s;;;0 size=1204B;;;0\n";
const OPEN_FILES = refusedResult({ error: LOCAL, timings: { total: 1 } });

testRows<[title: string, row: [ProbeResult, CheckOutcome], code: NagiosCode, text: string]>(
  "NagiosFormatter gives the state of one check:",
  [
    ["up", [plainResult(), outcomeOf("up")], 0, `HTTP OK - 200 in 0.78 ms | ${PERFORMANCE}`],
    [
      "degraded",
      [plainResult(), degradedOutcome()],
      1,
      "HTTP WARNING - 200 in 0.78 ms, degraded: not chain.total \\x3c 1s (found 1.2 s) | " +
      PERFORMANCE.replace(";;;", ";1;;"),
    ],
    [
      "a certificate that ends soon",
      [plainResult({ tag: "shop" }), outcomeOf("up", { certificate: ENDING })],
      1,
      "HTTP WARNING - shop: 200 in 0.78 ms, the certificate CN=Old CA of https://first.test/ expires in 5 days, " +
      `on 2026-03-06 | ${PERFORMANCE}`,
    ],
    [
      "down, and a certificate that ends soon",
      [
        plainResult({ ok: false, checks: BAD }),
        outcomeOf("down", { certificate: { ...ENDING, daysLeft: -1 } }),
      ],
      2,
      "HTTP CRITICAL - 200 in 0.78 ms, not status == 200 (found 404), the certificate CN=Old CA of " +
      `https://first.test/ expired less than a day ago, on 2026-03-06 | ${PERFORMANCE}`,
    ],
    [
      "unknown, after a local fault",
      [OPEN_FILES, outcomeOf("unknown")],
      3,
      "HTTP UNKNOWN - resource in connect: too many open files | time=0.001000s;;;0 size=0B;;;0\n",
    ],
    [
      "unknown, since another check is down",
      [
        plainResult({ ok: false, status: 404, checks: BAD }),
        outcomeOf("unknown", { cause: "gateway is down" }),
      ],
      3,
      `HTTP UNKNOWN - gateway is down, 404 in 0.78 ms, not status == 200 (found 404) | ${PERFORMANCE}`,
    ],
    [
      "in maintenance",
      [plainResult({ ok: false, checks: BAD }), outcomeOf("down", { excluded: "maintenance" })],
      0,
      `HTTP OK - in maintenance, 200 in 0.78 ms, not status == 200 (found 404) | ${PERFORMANCE}`,
    ],
    [
      "up with an error that is wanted",
      [refusedResult({ ok: true, timings: { total: 1 } }), outcomeOf("up")],
      0,
      "HTTP OK - refused in connect, as expected | time=0.001000s;;;0 size=0B;;;0\n",
    ],
    // The verdict decides, not the status: nothing is expected of it.
    [
      "up with any status",
      [plainResult({ status: 503 }), outcomeOf("up")],
      0,
      `HTTP OK - 503 in 0.78 ms | ${PERFORMANCE}`,
    ],
  ],
  ([, [result, check], code, text]) => {
    const document = new NagiosFormatter();
    assertEquals(document.begin() + document.row(result, { check }) + document.end(), text);
    assertEquals(document.code, code);
  },
  { permissions: "none" },
);

Deno.test("NagiosFormatter names the checks that are not OK in its first line, the worst first", {
  permissions: "none",
}, () => {
  const document = new NagiosFormatter();
  document.row(plainResult(), { check: degradedOutcome({ name: "slow" }) });
  document.row(plainResult(), { check: outcomeOf("up", { name: "fine" }) });
  document.row(OPEN_FILES, { check: outcomeOf("unknown", { name: "unseen" }) });
  document.row(plainResult(), { check: outcomeOf("up", { name: "old | new", certificate: ENDING }) });
  document.row(refusedResult(), { check: outcomeOf("down", { name: "gone" }) });
  document.row(refusedResult(), { check: outcomeOf("down", { name: "lost" }) });
  const [line = "", ...rest] = document.end().split("\n");
  assertEquals(
    line,
    "HTTP CRITICAL - 1 of 6 ok (down: gone, lost; unknown: unseen; degraded: slow; certificate: old \\x7c new) | ok=1;;;0;6",
  );
  assertEquals([rest.length, document.code], [6, 2]);
});

Deno.test(
  "NagiosFormatter names the checks in maintenance, which count as OK",
  { permissions: "none" },
  () => {
    const document = new NagiosFormatter();
    const pausing = Array.from(
      { length: 21 },
      (_, index) => outcomeOf("down", { name: `paused ${index}`, excluded: "maintenance" }),
    );
    for (const check of [...pausing, degradedOutcome({ name: "slow" })]) {
      document.row(plainResult(), {
        check,
      });
    }
    const paused = pausing.slice(0, 20).map(({ name }) => name).join(", ");
    assertEquals(
      document.end().split("\n")[0],
      `HTTP WARNING - 21 of 22 ok (degraded: slow; in maintenance: ${paused}) | ok=21;;;0;22`,
    );
  },
);

Deno.test("NagiosFormatter lets no text of a check add performance data, lines or markup", {
  permissions: "none",
}, () => {
  const document = new NagiosFormatter();
  document.row(hostileResult(), { check: hostileOutcome() });
  document.row(hostileResult(), { check: hostileOutcome() });
  const text = document.end();
  assertEquals([text.split("|").length, text.split("\n").length, text.includes("<")], [2, 4, false]);
});

/** An answer after 900 ms, and a redirect before it that took 1.2 s. */
function redirected(checks: ProbeResult["checks"]): ProbeResult {
  const first = plainResult({ timings: { connect: 200, wait: 1000, total: 1200 } });
  const timings = { connect: 100, wait: 700, receive: 50, total: 900 };
  return plainResult({ timings, redirects: [first], checks });
}

testRows<[expect: string, limit: string]>(
  "formatNagios() gives times over all hops, and their limit:",
  [
    ["chain.total < 2s", "2"],
    ["chain.total <= 2500ms", "2.5"],
    // The last hop is only a part.
    ["timings.total < 2s", ""],
    ["status == 200", ""],
  ],
  ([expect, limit]) => {
    const line = formatNagios(redirected([{ expect, ok: true, actual: 1 }]));
    const data = `time=2.100000s;;${limit};0 time_connect=0.300000s;;;0 time_firstbyte=2.050000s;;;0 size=`;
    assertEquals(line.split("|")[1]?.slice(1, data.length + 1), data);
    assert(line.startsWith("HTTP OK - 200 in 2.1 s |"), line);
  },
  { permissions: "none" },
);
