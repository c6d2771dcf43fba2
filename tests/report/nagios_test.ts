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
import { goodResult, hostileResult, plainResult, refusedResult, truncatedResult } from "./_samples.ts";
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
