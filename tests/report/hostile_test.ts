import { type Paint, plain } from "../../lib/text/paint.ts";
import { sgrPaint } from "../text/_sgr_paint.ts";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { escapeText } from "../../lib/text/escape/text.ts";
import { formatTextRow, formatTextRowHeader } from "../../lib/report/text_row.ts";
import type { RowColumn } from "../../lib/report/text_row.ts";
import { COLUMNS } from "../../lib/report/row_columns.ts";
import { Series } from "../../lib/report/series.ts";
import { formatSeriesRow, formatSeriesSummary } from "../../lib/report/series_text.ts";
import { formatResult } from "../../lib/report/text.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { formatWire } from "../../lib/wire/wire_text.ts";
import {
  goodResult,
  HOSTILE,
  HOSTILE_OCTETS,
  hostileResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { assertNarrow } from "../text/_narrow.ts";
import { stepRows, testRows } from "../_test_rows.ts";

// deno-lint-ignore no-control-regex -- our own sequences are taken off, whatever is left is the peer's
const SGR = /\x1b\[[0-9;]+m/g;
/** Matches all terminal controls and invisible characters; LF is checked separately. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\xa0\u3000]/u;
const WIDTHS = [60, 79, 80, 81, 132, Infinity];

function assertSafe(text: string, name: string): void {
  for (const line of text.split("\n")) assertFalse(UNSAFE.test(line), `${name}: ${JSON.stringify(line)}`);
}

/** Takes away the targets, which stay whole so that they can be clicked; the terminal wraps their line. */
function withoutTargets(text: string, { input, url }: ProbeResult): string {
  return text.replaceAll(escapeText(url), "").replaceAll(escapeText(input), "");
}

/** The text without colour; the coloured one must be the same with sequences of ours in it. */
function plainOf(format: (paint: Paint) => string, name: string): string {
  const text = format(plain);
  assertFalse(text.includes("\x1b"), name);
  assertEquals(format(sgrPaint).replace(SGR, ""), text, name);
  return text;
}

Deno.test("formatters let no terminal escape through, and no line wider than its longest word needs", {
  permissions: "none",
}, async (test) => {
  const results = [goodResult(), refusedResult(), truncatedResult(), hostileResult()];
  const columns = Object.keys(COLUMNS) as RowColumn[];
  const bytes = Uint8Array.from(HOSTILE_OCTETS.repeat(3), (unit) => unit.charCodeAt(0));
  const series = new Series();
  for (const result of results) series.add(result);
  const received = { at: 1, connection: 1, type: "received", offset: 0, bytes } as const;
  const event = { at: 1, connection: 1, type: "failed", message: HOSTILE } as const;
  const formatsOf = (
    result: ProbeResult,
    number: number,
    width: number,
  ): [name: string, format: (paint: Paint) => string][] => [
    ["formatResult", (paint) => formatResult(result, { paint, width })],
    ["formatResult, verbose", (paint) => formatResult(result, { paint, width, verbose: true })],
    ["formatTextRow", (paint) => formatTextRow(result, { paint, width })],
    ["formatTextRow, all columns", (paint) => formatTextRow(result, { paint, width, columns })],
    ["formatTextRowHeader", (paint) => formatTextRowHeader({ paint, width, columns })],
    ["formatSeriesRow", (paint) => formatSeriesRow(result, number, { paint, width })],
    ["formatSeriesSummary", (paint) => formatSeriesSummary(series.summary(), { paint, width })],
    ["formatWire", (paint) => formatWire(received, { paint, width })],
    ["formatWire, event", (paint) => formatWire(event, { paint, width })],
  ];
  const rows = WIDTHS.flatMap((width) =>
    results.flatMap((result, index) =>
      formatsOf(result, index + 1, width).map(([name, format]) =>
        [
          `${name}, result ${index + 1}, ${width} columns`,
          width,
          format,
          result,
        ] as const
      )
    )
  );
  await stepRows(test, rows, ([name, width, format, result]) => {
    const text = plainOf(format, name);
    assertSafe(text, name);
    assertNarrow(/^format(Text|Series)Row/.test(name) ? withoutTargets(text, result) : text, width, name);
    if (width === Infinity && (name.startsWith("formatTextRow") || name.startsWith("formatSeriesRow"))) {
      assertFalse(text.includes("\n"), name);
    }
  });
});

testRows(
  "formatResult() and formatTextRow() fit into narrow widths too",
  [20, 26, 33, 40, 50].flatMap((width) => [
    { name: `good, ${width}`, result: goodResult(), width },
    { name: `truncated, ${width}`, result: truncatedResult(), width },
    { name: `hostile, ${width}`, result: hostileResult(), width },
  ]),
  ({ result, width }) => {
    assertNarrow(formatResult(result, { width, verbose: true }), width, "formatResult");
    if (width >= 26) {
      assertNarrow(withoutTargets(formatTextRow(result, { width }), result), width, "formatTextRow");
    }
  },
  { permissions: "none" },
);

testRows("formatResult() shows hostile values in full", ["Server: ", "Location: "], (label) => {
  const text = formatResult(hostileResult(), { verbose: true, width: Infinity });
  const line = text.split("\n").find((candidate) => candidate.startsWith(label)) ?? "";
  assert(line.includes("\\x1b[2J\\x1b]0;title\\x07\\r\\n\\x00\\x08\\x7f"), line);
  assert(line.endsWith(`${"x".repeat(300)}\\x1b[2J\\x07\\x9b\\xff\\xfe\\r\\n`), line);
}, { permissions: "none" });
