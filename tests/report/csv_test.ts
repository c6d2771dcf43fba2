import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import { CSV_COLUMNS, formatCheckCsvHeader, formatCsv, formatCsvHeader } from "../../lib/report/csv.ts";
import { CHECK_COLUMNS } from "../../lib/report/csv_check_columns.ts";
import type { ProbeResult } from "../../lib/result.ts";
import {
  degradedOutcome,
  ENDING,
  goodResult,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  plainResult,
  refusedResult,
} from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

/** Reads one line by RFC 4180. */
function parseCsv(line: string): string[] {
  return Array.from(
    line.matchAll(/("(?:[^"]|"")*"|[^",]*)(?:,|$)/g),
    ([, cell = ""]) => cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  ).slice(0, line.endsWith(",") ? undefined : -1);
}

function cellsOf(result: ProbeResult, check?: CheckOutcome): Record<string, string> {
  const names = (check === undefined ? formatCsvHeader() : formatCheckCsvHeader()).split(",");
  const cells = parseCsv(formatCsv(result, { check }));
  assertEquals(cells.length, names.length);
  return Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
}

Deno.test("formatCsv() puts each fact under its name", { permissions: "none" }, async (test) => {
  const cells = cellsOf(goodResult({ line: 7, tag: 'a "b", c' }));
  const expected = {
    status: "200",
    ok: "true",
    error_kind: "",
    wait_ms: "103.4",
    server: "nginx/1.25.3",
    framing: "chunked",
    end_how: "open",
    tls_version: "TLSv1.3",
    certificate_days_left: "83",
    earliest_certificate_end: "2026-05-23T23:59:59Z",
    earliest_certificate_days_left: "83",
    line: "7",
    tag: 'a "b", c',
  };
  await stepRows(test, Object.entries(expected), ([name, cell]) => {
    assertEquals(cells[name], cell, name);
  });
  assertEquals(cellsOf(refusedResult()).error_kind, "refused");
});

Deno.test(
  "formatCsv() lets no value become a formula or a second line in a spreadsheet",
  { permissions: "none" },
  async (test) => {
    await stepRows(test, ["=", "+", "-", "@", "\t", "\r", "＝"], (first) => {
      const text = `${first}1+1|cmd`;
      const cells = cellsOf(goodResult({ input: text, tag: text, headers: [["Server", text]] }));
      const formulas = ["input", "tag", "server"].filter((name) => /^[=+\-@\t\r＝]/.test(cells[name]!));
      assertEquals(formulas, []);
    });
    // A negative number is one.
    assertStringIncludes(formatCsv(goodResult({ timings: { total: 1 } })), ",1,");
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assertFalse(/[\x00-\x1f\x7f]/.test(formatCsv(hostileResult())));
  },
);

Deno.test(
  "CSV_COLUMNS have unique names and descriptions",
  { permissions: "none" },
  async (test) => {
    const columns = [...CSV_COLUMNS, ...CHECK_COLUMNS];
    assertEquals(new Set(columns.map(({ name }) => name)).size, columns.length);
    await stepRows(test, columns, ({ name, holds }) => {
      assertEquals([/^[a-z_]+$/.test(name), holds !== ""], [true, true], name);
    });
  },
);

testRows<[check: CheckOutcome, cells: Record<string, string>]>(
  "formatCsv() puts the outcome of a check under its names",
  [
    [outcomeOf("up", { tags: ["a", "b"] }), {
      check: "shop",
      verdict: "up",
      cause: "",
      condition: "up",
      since: "2026-03-01T11:00:00.000Z",
      warnings: "",
      certificate_warning_days: "",
      excluded: "",
      check_tags: "a b",
    }],
    [degradedOutcome({ certificate: ENDING }), {
      verdict: "degraded",
      cause: "not chain.total < 1s (found 1.2 s)",
      warnings: "not chain.total < 1s (found 1.2 s)",
      certificate_warning_days: "7",
    }],
    [outcomeOf("unknown"), { verdict: "unknown", cause: "why it is unknown" }],
    [outcomeOf("down", { excluded: "maintenance" }), { verdict: "down", excluded: "maintenance" }],
  ],
  ([check, expected]) => {
    const cells = cellsOf(goodResult(), check);
    assertEquals(Object.fromEntries(Object.keys(expected).map((name) => [name, cells[name]])), expected);
  },
  { permissions: "none" },
);

Deno.test(
  "formatCsv() lets no text of a check become a formula or a second line",
  { permissions: "none" },
  () => {
    const cells = cellsOf(goodResult(), outcomeOf("down", { name: "=1+1", cause: "@a", tags: ["-b"] }));
    assertEquals([cells["check"], cells["cause"], cells["check_tags"]], ["'=1+1", "'@a", "'-b"]);
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assertFalse(/[\x00-\x1f\x7f]/.test(formatCsv(hostileResult(), { check: hostileOutcome() })));
  },
);

Deno.test(
  "formatCsv() gives the time of all hops beside that of the last one",
  { permissions: "none" },
  () => {
    const first = plainResult({ timings: { total: 1200 } });
    const cells = cellsOf(plainResult({ timings: { total: 900 }, redirects: [first] }));
    assertEquals([cells["total_ms"], cells["chain_total_ms"]], ["900", "2100"]);
  },
);
