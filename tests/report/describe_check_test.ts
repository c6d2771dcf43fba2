import { assertEquals } from "@std/assert";
import { describeActual, describeBrokenCheck } from "../../lib/report/describe_check.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test("describeActual() shows the actual value with its unit, or why there is none", {
  permissions: "none",
}, async (test) => {
  const rows: [check: Parameters<typeof describeActual>[0], text: string][] = [
    [{ actual: undefined }, "could not be established"],
    [{ actual: null }, "found none"],
    [{ actual: 103.4 }, "found 103.4"],
    [{ actual: 0.1234567 }, "found 0.123"],
    [{ actual: 0.1235 }, "found 0.124"],
    [{ expect: "timings.wait < 300ms", actual: 365.204 }, "found 365 ms"],
    [{ expect: "timings.wait < 365ms", actual: 365.204 }, "found 365.204 ms"],
    [{ expect: "timings.wait < 365ms", actual: 365.0041 }, "found 365.004 ms"],
    [{ expect: "not timings.wait > 0.35ms", actual: 12.3456 }, "found 12.3 ms"],
    [{ expect: "timings.total < 1", actual: 1.2345 }, "found 1.23 ms"],
    [{ expect: "! certificate.daysLeft > 14", actual: 1 }, "found 1 day"],
    [{ expect: "body.bytes < 500", actual: 16384 }, "found 16384 octets"],
    [{ expect: "redirects[0].timings.total<1s", actual: 2000 }, "found 2 s"],
    [{ expect: "idle > 60s", actual: { atLeast: 11 } }, "found at least 11 s"],
    [{ expect: "connection.announced.timeout == 5", actual: 60 }, "found 60 s"],
    [{ expect: "status == 200", actual: 503 }, "found 503"],
    [{ expect: "header.bytes == 1", actual: "5" }, 'found "5"'],
    [{ actual: 9_007_199_254_740 }, "found 9007199254740"],
    [{ actual: 'a "b"' }, 'found "a \\"b\\""'],
    [{ actual: false }, "found false"],
    [{ actual: [1, 2] }, "found [1,2]"],
    [{ actual: { atLeast: 11 } }, "found at least 11"],
    [{ actual: { atLeast: 11 }, advice: "watch" }, "could not be decided: at least 11; watch"],
    [{ actual: { atLeast: 11, most: 12 } }, 'found {"atLeast":11,"most":12}'],
    [{ actual: undefined, reason: "the body is empty" }, "could not be established: the body is empty"],
    [{ expect: "json.ratio > 1", actual: 0.1235 }, "found 0.1235"],
    [{ expect: "not redirects[0].json.ratio", actual: 0.1235 }, "found 0.1235"],
    [{ expect: "! json", actual: { atLeast: 11 } }, 'found {"atLeast":11}'],
    [{ expect: "timings.json > 1", actual: 0.1235 }, "found 0.12 ms"],
    [{ actual: { atLeast: "x" } }, 'found {"atLeast":"x"}'],
  ];
  await stepRows(test, rows, ([check, text]) => {
    assertEquals(describeActual(check), text);
  });
  assertEquals(describeBrokenCheck({ expect: "a == 1", ok: false, actual: 2 }), "not a == 1 (found 2)");
});
