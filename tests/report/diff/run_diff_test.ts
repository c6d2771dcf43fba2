import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { RunDiff } from "../../../lib/report/diff/run_diff.ts";
import { formatRunDiff } from "../../../lib/report/diff/run_diff_text.ts";
import { formatRunDiffJson } from "../../../lib/report/diff/run_diff_json.ts";
import type { Saved } from "../../../lib/report/diff/diff.ts";
import type { ConnectionProfile, ProbeResult } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";
import { goodResult, goodTls, hostileResult, refusedResult } from "../_samples.ts";

function compare(before: readonly Saved[], after: readonly Saved[]): ReturnType<RunDiff["compare"]> {
  const diff = new RunDiff();
  before.forEach((row) => diff.add("before", row));
  after.forEach((row) => diff.add("after", row));
  return diff.compare();
}

const row = (input: string, changes: Partial<ProbeResult> = {}) => goodResult({ input, ...changes });
const refused = (input: string) => refusedResult({ input });
const cut = (input: string) => {
  const { body, connection } = goodResult();
  return row(input, {
    ok: false,
    error: { kind: "reset", phase: "body", by: "target", message: "Cannot read the answer: reset" },
    body: { ...body!, complete: false },
    connection: { ...connection!, end: { by: "peer", how: "rst", after: 1 } },
  });
};
const local = (input: string) =>
  refusedResult({
    input,
    error: { kind: "resource", phase: "connect", by: "local", message: "Cannot connect: no ports" },
  });
const unmet = (input: string) =>
  row(input, { ok: false, checks: [{ expect: "status == 201", ok: false, actual: 200 }] });
const profile = (input: string, outcome: string): ConnectionProfile => ({
  schema: 1,
  input,
  url: "http://a/",
  startedAt: "2026-03-01T12:00:00.000Z",
  ok: true,
  experiments: { close: { outcome, summary: "", facts: {}, evidence: [], ms: 1 } },
  findings: [],
  checks: [],
});
const tested = (input: string, outcome: string) =>
  row(input, { experiments: profile(input, outcome).experiments });
const otherTls = goodTls();
otherTls.certificate!.fingerprint256 = "ab";

testRows<[name: string, before: Saved[], after: Saved[], changes: string[], same: number]>(
  "RunDiff pairs rows and tells what became of each target",
  [
    ["nothing", [row("a"), row("b")], [row("b"), row("a")], [], 2],
    [
      "a new failure",
      [row("a")],
      [refused("a")],
      ["a failed: ok, status, error.kind, error.phase, error.by"],
      0,
    ],
    ["a status that is a failure", [row("a")], [row("a", { status: 503 })], ["a failed: status"], 0],
    ["an expectation", [row("a")], [unmet("a")], ["a failed: ok, checks.status == 201"], 0],
    [
      "a recovery",
      [refused("a")],
      [row("a")],
      ["a recovered: ok, error.kind, error.phase, error.by, status"],
      0,
    ],
    ["facts that follow from a failure", [row("a")], [cut("a")], [
      "a failed: ok, error.kind, error.phase, error.by",
    ], 0],
    ["another failure", [cut("a")], [refused("a")], [
      "a changed: error.kind, error.phase, status",
    ], 0],
    ["a failure of our own", [row("a")], [local("a")], [
      "a unmeasured: ok, status, error.kind, error.phase, error.by",
    ], 0],
    [
      "an end of it",
      [local("a")],
      [row("a")],
      ["a changed: ok, error.kind, error.phase, error.by, status"],
      0,
    ],
    ["another status", [row("a")], [row("a", { status: 204 })], ["a changed: status"], 0],
    ["another certificate", [row("a")], [row("a", { tls: otherTls })], [
      "a changed: tls.certificate.fingerprint256",
    ], 0],
    ["an experiment", [tested("a", "yes")], [tested("a", "no")], ["a changed: experiments.close.outcome"], 0],
    [
      "rows without a partner",
      [row("a"), row("b")],
      [row("b"), row("c")],
      ["a missing: row", "c added: row"],
      1,
    ],
    ["the order of kinds", [row("a"), row("b"), refused("c")], [refused("b"), row("c")], [
      "b failed: ok, status, error.kind, error.phase, error.by",
      "c recovered: ok, error.kind, error.phase, error.by, status",
      "a missing: row",
    ], 0],
    [
      "rows of one target in another order",
      [row("a"), refused("a"), row("a")],
      [refused("a"), row("a"), row("a")],
      [],
      3,
    ],
    ["one more row of a target", [row("a")], [refused("a"), row("a")], ["a added: row"], 1],
    ["one changed row of several", [row("a"), row("a")], [row("a", { status: 204 }), row("a")], [
      "a changed: status",
    ], 1],
    ["addresses of one name", [row("a", { address: "1.1.1.1" })], [row("a", { address: "2.2.2.2" })], [
      "a missing: row",
      "a added: row",
    ], 0],
    ["a line that was edited", [row("a", { id: "1" })], [row("a", { id: "2" })], [], 1],
    ["profiles", [profile("a", "yes"), profile("b", "yes")], [profile("a", "yes"), profile("b", "no")], [
      "b changed: experiments.close.outcome",
    ], 1],
  ],
  ([_, before, after, changes, same]) => {
    const compared = compare(before, after);
    const found = compared.changes.map(({ input, kind, differences }) =>
      `${input} ${kind}: ${differences.map(({ fact }) => fact).join(", ")}`
    );
    assertEquals(found, changes);
    const { summary } = compared;
    assertEquals([summary.before, summary.after, summary.same], [before.length, after.length, same]);
  },
  { permissions: "none" },
);

Deno.test(
  "formatRunDiff() puts targets that changed alike together, and sums up",
  { permissions: "none" },
  () => {
    const before = [row("a"), row("b"), row("c"), row("d"), refused("e")];
    const after = [refused("a"), refused("b"), row("c", { status: 204 }), row("e"), row("f")];
    assertEquals(
      formatRunDiff(compare(before, after)),
      `failed newly (2)
  200 → refused: connection refused
    a
    b

recovered (1)
  refused (connection refused) → 200
    e

changed (1)
  status: 200 → 204
    c

only before (1)
  d

only after (1)
  f

5 rows: 2 failed newly, 1 recovered, 1 changed, 1 only before, 1 only after,
  0 the same
facts        status: 4; error.kind: 3`,
    );
    assertEquals(formatRunDiff(compare([row("a")], [row("a")])), "1 row: 1 the same");
  },
);

Deno.test("formatRunDiff() tells a new certificate in few lines", { permissions: "none" }, () => {
  const renewed = goodTls();
  Object.assign(renewed.certificate!, {
    serial: "0B",
    notBefore: "2026-02-01T00:00:00Z",
    notAfter: "2027-02-01T00:00:00Z",
    fingerprint256: "cd".repeat(32),
  });
  assertEquals(
    formatRunDiff(compare([row("a")], [row("a", { tls: renewed })])).split("\n\n")[0],
    `changed (1)
  tls.certificate.notAfter: 2026-05-23T23:59:59Z → 2027-02-01T00:00:00Z
  tls.certificate.fingerprint256: 9f86d081884c7d65… → cdcdcdcdcdcdcdcd…
    a`,
  );
});

Deno.test("formatRunDiff() lists codes in words", { permissions: "none" }, () => {
  const found = hostileResult().deviations[0]!;
  const [code, other] = [{ ...found, code: "trailers" }, { ...found, code: "te-and-cl" }] as const;
  const before = [row("a", { deviations: [] }), row("b", { deviations: [code] })];
  const after = [row("a", { deviations: [code, other] }), row("b", { deviations: [] })];
  assertEquals(
    formatRunDiff(compare(before, after)).split("\n\n")[0],
    `changed (2)
  deviations: (none) → te-and-cl, trailers
    a
  deviations: trailers → (none)
    b`,
  );
});

Deno.test("A comparison names the address of a row that has one", { permissions: "none" }, () => {
  const compared = compare(
    [row("a", { address: "::1" }), row("a", { address: "10.0.0.1" })],
    [row("a", { address: "::1", status: 204 }), row("a", { address: "10.0.0.2" })],
  );
  assertEquals(
    formatRunDiff(compared).split("\n").filter((line) => line.includes("at ")),
    ["    a at ::1", "  a at 10.0.0.1", "  a at 10.0.0.2"],
  );
  assertEquals(
    formatRunDiffJson(compared).trimEnd().split("\n").map((line) => JSON.parse(line).address),
    ["::1", "10.0.0.1", "10.0.0.2", undefined],
  );
});

Deno.test("formatRunDiff() names a target once, with the number of its rows", { permissions: "none" }, () => {
  const changed = row("a", { status: 204 });
  assertEquals(
    formatRunDiff(
      compare([row("a"), row("b"), row("a"), row("c")], [changed, changed, row("b"), row("d"), row("d")]),
    ),
    `changed (2)
  status: 200 → 204
    a (2 rows)

only before (1)
  c

only after (2)
  d (2 rows)

4 rows before, 5 after: 2 changed, 1 only before, 2 only after, 1 the same
facts        status: 2`,
  );
});

Deno.test("formatRunDiff() fits the terminal but for whole targets, and lets no escape through", () => {
  const hostile = hostileResult();
  const text = formatRunDiff(compare([row("a"), hostile], [hostile, refused("a")]), { width: 40 });
  // deno-lint-ignore no-control-regex
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(text), false);
  const long = compare([row("a")], [row("a", { status: 503, reason: "x ".repeat(200) })]);
  for (const line of formatRunDiff(long, { width: 40 }).split("\n")) assertLess(line.length, 41, line);
});

Deno.test(
  "formatRunDiffJson() gives a line for each difference, and a summary",
  { permissions: "none" },
  () => {
    const text = formatRunDiffJson(
      compare([row("a"), row("b"), row("c")], [row("a", { status: 204 }), row("b")]),
    );
    const [changed, missing, summary, ...rest] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(changed, { input: "a", fact: "status", before: 200, after: 204, change: "changed" });
    assertEquals(missing, { input: "c", fact: "row", before: "present", after: null, change: "missing" });
    assertEquals([summary.schema, summary.kind, summary.same, summary.changed], [1, "summary", 1, 1]);
    assertEquals([summary.missing, summary.facts, rest], [1, { status: 1 }, []]);
  },
);

Deno.test(
  "RunDiff compares the times of targets that were measured in both runs",
  { permissions: "none" },
  () => {
    const names = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const timed = (input: string, total: number) => row(input, { timings: { total } });
    const before = names.map((name, index) => timed(name, 20 + index % 5));
    const after = names.map((name, index) => timed(name, index === 7 ? 900 : 20 + (index * 3) % 5));
    const { changes, summary } = compare(before, after);
    assertEquals(changes.map(({ input, kind }) => [input, kind]), [["t7", "slower"]]);
    assertEquals([summary.same, summary.changes.slower], [40, 1]);
    assertStringIncludes(formatRunDiff({ changes, summary }), "slower (1)\n  time: 22 ms → 900 ms\n    t7\n");
  },
);

Deno.test(
  "RunDiff compares facts that have another value in each of thousands of rows",
  { permissions: "none" },
  () => {
    const withCertificate = (index: number, serial: string): ProbeResult => {
      const tls = goodTls();
      tls.certificate!.serial = serial;
      return row(`t${index}`, { tls, headers: [["X-Host", `h${index}`], [`X-${index}`, "own field"]] });
    };
    const numbers = Array.from({ length: 3_000 }, (_, index) => index);
    const before = numbers.map((index) => withCertificate(index, `s${index}`));
    const after = numbers.map((index) => withCertificate(index, index % 1_000 === 999 ? "new" : `s${index}`));
    const { changes, summary } = compare(before, after);
    assertEquals(
      changes.map(({ input, differences }) => [input, differences]),
      [999, 1_999, 2_999].map((index) => [
        `t${index}`,
        [{ fact: "tls.certificate.serial", before: `s${index}`, after: "new" }],
      ]),
    );
    assertEquals(summary.same, 2_997);
  },
);

Deno.test("RunDiff counts long times that come and go, and names none", { permissions: "none" }, () => {
  const run = (spiked: number) =>
    Array.from(
      { length: 200 },
      (_, index) => row(`t${index}`, { timings: { total: index % 10 === spiked ? 1_050 : 50 + index % 7 } }),
    );
  const compared = compare(run(3), run(4));
  assertEquals([compared.changes, compared.summary.spikes], [[], { slower: 20, faster: 20 }]);
  assertEquals(
    formatRunDiff(compared, { width: 120 }),
    "200 rows: 200 the same\n" +
      "spikes       20 took far longer, 20 far less long: single long times come and go",
  );
});
