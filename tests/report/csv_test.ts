import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { CSV_COLUMNS, formatCsv, formatCsvHeader } from "../../lib/report/csv.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { goodResult, hostileResult, refusedResult } from "./_samples.ts";
import { stepRows } from "../_test_rows.ts";

/** Reads one line by RFC 4180. */
function parseCsv(line: string): string[] {
  return Array.from(
    line.matchAll(/("(?:[^"]|"")*"|[^",]*)(?:,|$)/g),
    ([, cell = ""]) => cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  ).slice(0, CSV_COLUMNS.length);
}

function cellsOf(result: ProbeResult): Record<string, string> {
  const names = formatCsvHeader().split(",");
  const cells = parseCsv(formatCsv(result));
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
    assertEquals(new Set(CSV_COLUMNS.map(({ name }) => name)).size, CSV_COLUMNS.length);
    await stepRows(test, CSV_COLUMNS, ({ name, holds }) => {
      assertEquals([/^[a-z_]+$/.test(name), holds !== ""], [true, true], name);
    });
  },
);
