import { assertEquals } from "@std/assert";
import { type Experiment, meaningOf } from "../../../lib/conn/experiment.ts";
import { EXPERIMENTS } from "../../../lib/conn/experiments.ts";
import { findProblems } from "../../../lib/conn/findings/findings.ts";
import type { ExperimentReport } from "../../../lib/result.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

/** The findings that outcomes lead to by themselves; every other outcome of these experiments leads to none. */
const FINDINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "keep-alive": { lie: "problem keep-alive-lie" },
  close: { silent: "warning silent-close", "left-open": "warning close-ignored" },
  http10: { "unframed-open": "problem http10-unframed", "left-open": "warning http10-left-open" },
  head: { differs: "warning head-differs", "has-body": "problem framing-anomaly" },
  conditional: { broken: "problem conditional-broken" },
  pipelining: {
    reordered: "problem pipelining-broken",
    "first-only": "warning pipelining-broken",
    refused: "warning pipelining-broken",
    closed: "warning pipelining-broken",
    mixed: "warning pipelining-broken",
  },
  "idle-timeout": { lost: "problem lost-in-silence" },
  tls: { "no-close-notify": "warning no-close-notify" },
  addresses: { differ: "problem addresses-differ" },
  streaming: { "at-once": "warning buffered-on-the-way" },
  "reuse-race": { loses: "warning idle-race" },
  statuses: { "closes-on-some": "warning closes-on-error-status" },
  "early-answer": { lost: "problem reset-loses-answer" },
  "half-close": {
    dropped: "warning half-close-drops-answer",
    changed: "warning half-close-drops-answer",
    partial: "warning half-close-drops-answer",
  },
  "chunked-request": { "out-of-step": "problem desync-risk" },
  desync: { "keeps-open": "problem desync-risk" },
};

function report(outcome: string, facts: Record<string, unknown> = {}): ExperimentReport {
  return { outcome, summary: "the figures", facts, evidence: [], ms: 1 };
}

function codesOf(experiments: Record<string, ExperimentReport>): string[] {
  return findProblems(experiments).map(({ severity, code }) => `${severity} ${code}`);
}

/** The expected findings of an experiment without a row in the table. */
function expectedFinding(experiment: Experiment, outcome: string): string | undefined {
  const { name } = experiment;
  if (name in FINDINGS) return FINDINGS[name]?.[outcome];
  const finding = meaningOf(experiment, outcome)?.finding;
  return finding && `${finding.severity} ${finding.code}`;
}

for (const experiment of EXPERIMENTS) {
  const { name, outcomes } = experiment;
  Deno.test(`findProblems() draws the right findings from each outcome of ${name}`, {
    permissions: "none",
  }, () => {
    for (const outcome of Object.keys(outcomes)) {
      const finding = expectedFinding(experiment, outcome);
      assertEquals(
        codesOf({ [name]: report(outcome, { answered: 1 }) }),
        finding === undefined ? [] : [finding],
        outcome,
      );
    }
  });
}

testRows<[facts: Record<string, unknown>, found: boolean]>(
  "findProblems() accepts a close after pipelined requests if the server announces it or always closes",
  [
    [{ answered: 2 }, true],
    [{ answered: 2, cap: 3 }, true],
    [{ answered: 2, cap: 2 }, false],
    [{ answered: 1, kept: true }, true],
    [{ answered: 1, kept: false }, false],
  ],
  ([facts, found]) => {
    const expected = found ? ["warning pipelining-broken"] : [];
    assertEquals(codesOf({ pipelining: report("closed", facts) }), expected, JSON.stringify(facts));
    assertEquals(codesOf({ pipelining: report("mixed", facts) }), ["warning pipelining-broken"]);
  },
  {
    permissions: "none",
  },
);

Deno.test("findProblems() lists problems before warnings, and warnings before the rest", {
  permissions: "none",
}, async (test) => {
  const experiments = {
    statuses: report("kept", { limitedBy: 429 }),
    close: report("silent"),
    "keep-alive": report("lie"),
    head: report("differs"),
    desync: report("keeps-open"),
  };
  const severities = (all: Record<string, ExperimentReport>) =>
    findProblems(all).map(({ severity }) => severity);
  const reversed = Object.fromEntries(Object.entries(experiments).reverse());
  await stepRows(test, [experiments, reversed], (all) => {
    const ranks = severities(all).map((severity) => ["problem", "warning", "info"].indexOf(severity));
    assertEquals(ranks, ranks.toSorted());
    assertEquals(ranks.length >= 4, true);
  });
  assertEquals(severities({ close: report("silent"), desync: report("keeps-open") }), ["problem", "warning"]);
});

Deno.test("findProblems() reports a reset at the end of a connection, whichever experiment saw it", {
  permissions: "none",
}, () => {
  assertEquals(codesOf({ close: report("honoured", { how: "rst" }) }), ["warning reset-loses-answer"]);
  assertEquals(codesOf({ "idle-timeout": report("closes", { how: "rst" }) }), ["warning reset-loses-answer"]);
  assertEquals(codesOf({ close: report("honoured", { how: "fin" }) }), []);
});

testRows<[versions: Record<string, boolean | null>, message: string | undefined]>(
  "findProblems() names each old version of TLS that was accepted",
  [
    [{ "TLSv1": true }, "accepts TLSv1"],
    [{ "TLSv1.1": true, "TLSv1.2": true }, "accepts TLSv1.1"],
    [{ "TLSv1": true, "TLSv1.1": true }, "accepts TLSv1 and TLSv1.1"],
    [{ "TLSv1": false, "TLSv1.1": null, "TLSv1.2": true, "TLSv1.3": true }, undefined],
  ],
  ([versions, message]) => {
    const [finding] = findProblems({ tls: report("close-notify", { versions }) });
    assertEquals(finding?.message, message);
  },
  { permissions: "none" },
);
