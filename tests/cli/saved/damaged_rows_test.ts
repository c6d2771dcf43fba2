import { assert, assertEquals } from "@std/assert";
import { formatsOf, loadFormatter } from "../../../lib/cli/output/formats.ts";
import { formatDocument, type Formatter, lineFormatter } from "../../../lib/report/formatter.ts";
import { RunDiff } from "../../../lib/report/diff/run_diff.ts";
import { formatProfile } from "../../../lib/report/profile/profile_text.ts";
import { readSavedValue, type SavedResult } from "../../../lib/report/saved/saved_row.ts";
import { BatchTally } from "../../../lib/report/summary/batch_summary.ts";
import { formatBatchSummary } from "../../../lib/report/summary/batch_summary_text.ts";
import { formatResult } from "../../../lib/report/text.ts";
import { formatTextRow } from "../../../lib/report/text_row.ts";
import type { ConnectionProfile } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { ENDING, goodResult, outcomeOf, refusedResult, truncatedResult } from "../../report/_samples.ts";

type Data = Record<string, unknown>;

const REPORT = { outcome: "yes", summary: "3 of 3", facts: { how: "fin" }, evidence: ["> GET"], ms: 1 };
const PROFILE: ConnectionProfile = {
  schema: 1,
  input: "a",
  url: "http://a/",
  startedAt: "2026-03-01T12:00:00.000Z",
  ok: true,
  contact: { local: { address: "192.0.2.1", port: 1 }, peer: { address: "192.0.2.2", port: 80 } },
  experiments: { "keep-alive": REPORT },
  findings: [{ code: "c", severity: "problem", experiment: "keep-alive", message: "m", advice: "a" }],
  checks: [{ expect: "idle > 3s", ok: false, actual: 1 }],
  exchanges: { "keep-alive": { kept: [goodResult()], leftOut: 0 } },
};

const SAMPLES: readonly (readonly [name: string, row: object])[] = [
  ["a complete result", {
    ...goodResult({ checks: [{ expect: "status == 200", ok: true, actual: 200 }] }),
    request: {
      bytes: 1,
      sentBytes: 1,
      headBytes: 1,
      bodyBytes: 1,
      complete: true,
      method: "GET",
      target: "/",
      version: "1.1",
      headers: [["a", "b"]],
      excerpt: "GET",
    },
    experiments: { "keep-alive": REPORT },
    check: outcomeOf("degraded", { certificate: ENDING, tags: ["a"] }),
  }],
  ["a broken result", truncatedResult()],
  ["a result without an answer", refusedResult()],
  ["a profile", PROFILE],
];

/** Copies of a row in which one property at a time is absent or another value. */
function* damage(row: object): Generator<[what: string, row: unknown]> {
  for (const path of places(row)) {
    for (const value of [undefined, null, -1, "x", [], {}, [1]]) {
      const copy = structuredClone(row);
      const holder = path.slice(0, -1).reduce((at: Data, name) => at[name] as Data, copy as Data);
      holder[path.at(-1)!] = value;
      // As from a file: an absent property is not undefined.
      yield [`${path.join(".")} = ${JSON.stringify(value)}`, JSON.parse(JSON.stringify(copy))];
    }
  }
}

function places(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap((
    [name, inner],
  ) => [[name], ...places(inner).map((path) => [name, ...path])]);
}

/** Formats a result in every way that `sonde show` and `sonde diff` do. */
async function formatAll(result: SavedResult): Promise<void> {
  for (const format of formatsOf("results")) {
    const checks = result.check !== undefined;
    const loaded = await loadFormatter("results", format, { checks });
    const formatter: Formatter = loaded ??
      lineFormatter((it) => formatTextRow(it) + formatResult(it, { verbose: true }));
    formatter.begin();
    formatter.row(result, result.check && { check: result.check });
    formatter.end();
  }
  const tally = new BatchTally();
  tally.add(result);
  formatBatchSummary(tally.summary());
  const diff = new RunDiff();
  diff.add("before", goodResult());
  diff.add("after", result);
  diff.compare();
}

async function formatAllOfProfile(profile: ConnectionProfile): Promise<void> {
  for (const format of formatsOf("profiles")) {
    const formatter = await loadFormatter("profiles", format) ??
      lineFormatter<ConnectionProfile>((it) => formatProfile(it, { verbose: true }));
    formatDocument(formatter, [profile]);
  }
  const diff = new RunDiff();
  diff.add("before", PROFILE);
  diff.add("after", profile);
  diff.compare();
}

testRows(
  "Every formatter takes every row that sonde takes from a file, however damaged it is",
  SAMPLES,
  async ([_, row]) => {
    const thrown: string[] = [];
    let taken = 0;
    for (const [what, damaged] of damage(row)) {
      const saved = readSavedValue(damaged);
      if (saved.kind !== "result" && saved.kind !== "profile") continue;
      taken++;
      try {
        await (saved.kind === "result" ? formatAll(saved.row) : formatAllOfProfile(saved.row));
      } catch (error) {
        thrown.push(`${what}: ${error}`);
      }
    }
    assertEquals(thrown, []);
    assert(taken > 20, `${taken} rows were taken`);
  },
);
