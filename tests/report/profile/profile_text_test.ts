import { sgrPaint } from "../../text/_sgr_paint.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatPlan } from "../../../lib/report/profile/plan_text.ts";
import { formatProfile } from "../../../lib/report/profile/profile_text.ts";
import { RUN_FINDING_CODES } from "../../../lib/conn/findings/run_findings.ts";
import { FINDINGS_OF_THE_RUN } from "../../../lib/report/profile/profile_outline.ts";
import { shortenSummary } from "../../../lib/report/profile/short_summary.ts";
import type { ConnectionProfile, Finding } from "../../../lib/result.ts";
import { testRows } from "../../_test_rows.ts";

const PROFILE: ConnectionProfile = {
  schema: 1,
  input: "http://a.example/",
  url: "http://a.example/",
  startedAt: "2026-03-01T12:00:00.000Z",
  ok: false,
  experiments: {
    "keep-alive": { outcome: "yes", summary: "3 of 3 requests answered", facts: {}, evidence: [], ms: 1200 },
    "idle-timeout": {
      outcome: "closes",
      summary:
        "FIN after 5 s of silence; announces 60 s, and more words than fit on the line beside the outcome",
      facts: { seconds: 5, answeredBy: ["evil\x1b[2J\u202e"] },
      evidence: ["#1 0.000 > GET / HTTP/1.1\\r\\n", "#1 0.001 < HTTP/1.1 200 OK\x1b[2J"],
      ms: 5400,
    },
    close: {
      outcome: "unknown",
      summary: "could not tell: no answer came in time",
      facts: {},
      evidence: [],
      ms: 10,
    },
  },
  findings: [{
    code: "keep-alive-lie",
    severity: "problem",
    experiment: "idle-timeout",
    message: "announces 60 s, closes after 5 s",
    advice: "announce no more than is kept",
  }],
  checks: [{ expect: "idle >= 65s", ok: false, actual: 5 }],
};

Deno.test("formatProfile() shows first what is wrong, with its evidence, and each fact once", () => {
  assertEquals(
    formatProfile(PROFILE).split("\n"),
    [
      "http://a.example/",
      "1 problem in 3 experiments, 1 could not tell",
      "",
      "expected     NO  idle >= 65s, found 5 s",
      "",
      "problem keep-alive-lie (idle-timeout)",
      "  announces 60 s, closes after 5 s",
      "  measured: FIN after 5 s of silence; announces 60 s, and more words than fit on",
      "    the line beside the outcome",
      "  → announce no more than is kept",
      "",
      "experiment    outcome  what was measured",
      "keep-alive    yes      3 of 3 requests answered",
      "idle-timeout  closes   see above",
      "close         unknown  no answer came in time",
    ],
  );
});

Deno.test("formatProfile() shows a measurement once, although two findings quote it", () => {
  const findings = (["silent-close", "reset-loses-answer"] as const).map((code, index): Finding => ({
    code,
    severity: "warning",
    experiment: "close",
    message: index === 0 ? CLOSE.summary : `it ends with RST (${CLOSE.summary})`,
    advice: "x",
  }));
  const lines = formatProfile({ ...PROFILE, experiments: { close: CLOSE }, findings, checks: [] }).split(
    "\n",
  );
  assertEquals(lines.filter((line) => line.includes("says close")).length, 1);
  assertEquals(lines.includes("  it ends with RST"), true);
});

testRows<[message: string, measured: string]>(
  "formatProfile() refers to a finding that says all that an experiment measured",
  [
    ["13 octets followed", "see above"],
    ["13 octets followed, and more", "13 octets followed"],
  ],
  ([message, measured]) => {
    const finding = {
      code: "framing-anomaly",
      severity: "problem",
      experiment: "head",
      message,
      advice: "x",
    } as const;
    const head = { outcome: "has-body", summary: "13 octets followed", facts: {}, evidence: [], ms: 1 };
    const lines = formatProfile({ ...PROFILE, experiments: { head }, findings: [finding], checks: [] }).split(
      "\n",
    );
    assertEquals(lines.at(-1), `head        has-body  ${measured}`);
  },
);

const ABORTED = { kind: "aborted", phase: "wait", by: "local", message: "interrupted" } as const;

const CLOSE = {
  outcome: "honoured",
  summary: "the answer says close, FIN 0.3 ms after the last octet; the same in a list",
  facts: { finAfter: 0.3, requests: 3 },
  evidence: ["#1 0.000 > GET /"],
  ms: 10,
};

Deno.test("formatProfile() shows what is fine in one line, and all of it with verbose", () => {
  const profile = {
    ...PROFILE,
    experiments: { close: CLOSE },
    findings: [],
    checks: [{ expect: "close == honoured", ok: true, actual: "honoured" }],
  };
  assertEquals(formatProfile(profile).split("\n"), [
    "http://a.example/",
    "no findings in 1 experiment",
    "",
    "experiment  outcome   what was measured",
    "close       honoured  the answer says close, FIN 0.3 ms after the last octet…",
    "-v shows each whole, with excerpts of the wire",
    "",
    "expected     ok  close == honoured",
  ]);
  assertEquals(formatProfile(profile, { verbose: true }).split("\n").slice(3, 10), [
    "experiment  outcome   what was measured",
    "close       honoured  the answer says close, FIN 0.3 ms after the last octet;",
    "                      the same in a list",
    "    took 10 ms",
    "    finAfter 0.3 ms",
    "    requests 3",
    "    #1 0.000 s > GET /",
  ]);
});

Deno.test("formatProfile() shows findings that are no fault last, without advice to do nothing", () => {
  const note: Finding = {
    code: "idle-longer-than-proxy",
    severity: "info",
    experiment: "close",
    message: "the front closes first",
    advice: "nothing to do",
  };
  const profile = { ...PROFILE, experiments: { close: CLOSE }, findings: [note], checks: [] };
  assertEquals(formatProfile(profile).split("\n").slice(1), [
    "1 note in 1 experiment",
    "",
    "experiment  outcome   what was measured",
    "close       honoured  see the note below",
    "",
    "info idle-longer-than-proxy (close)",
    "  the front closes first",
    "  measured: the answer says close, FIN 0.3 ms after the last octet; the same in",
    "    a list",
  ]);
});

Deno.test("formatProfile() proves no finding about the run by the figures of one experiment", () => {
  assertEquals([...FINDINGS_OF_THE_RUN].sort(), [...RUN_FINDING_CODES].sort());
  const finding: Finding = { ...PROFILE.findings[0]!, code: "service-down", experiment: "keep-alive" };
  const text = formatProfile({ ...PROFILE, findings: [finding] });
  assert(!text.includes("measured:"), text);
  assertStringIncludes(text, "keep-alive    yes      3 of 3 requests answered");
});

testRows<[name: string, changes: Partial<ConnectionProfile>, sgr: string]>(
  "formatProfile() colours the verdict",
  [
    ["a problem", {}, "1;31"],
    ["no findings", { findings: [] }, "32"],
    ["an interrupted run", { findings: [], error: ABORTED }, "2"],
  ],
  ([, changes, sgr]) => {
    const [, verdict] = formatProfile({ ...PROFILE, ...changes }, { paint: sgrPaint }).split("\n");
    assertStringIncludes(verdict!, `\x1b[${sgr}m`);
  },
);

testRows<[summary: string, columns: number, shown: string]>(
  "shortenSummary() cuts between clauses, or words",
  [
    ["3 of 3 answered", 20, "3 of 3 answered"],
    ["3 of 3 answered, in order; and more", 30, "3 of 3 answered, in order…"],
    ["3 of 3 answered, in order as far as it can be told", 30, "3 of 3 answered…"],
    ["a, then a long clause without any end", 30, "a, then a long clause without…"],
    ["it ends 12.5 ms after the request", 15, "it ends…"],
    ["200 in full after FIN (a slow resource may differ)", 38, "200 in full after FIN…"],
    ["then 200; body never sent: no answer", 30, "then 200; body never sent…"],
    ["unbrokenandverylong", 10, "unbrokena…"],
  ],
  ([summary, columns, shown]) => {
    assertEquals(shortenSummary(summary, columns), shown);
  },
);

testRows(
  "formatProfile() lets no control character and no overlong line through",
  [20, 40, 60, 80, 120],
  (width) => {
    const text = formatProfile(PROFILE, { width, verbose: true });
    // deno-lint-ignore no-control-regex -- control characters are what this is about
    assert(!/[\x00-\x09\x0b-\x1f\x7f\u202e]/.test(text));
    assert(text.split("\n").every((line) => line.length <= Math.max(40, width)), String(width));
    assertStringIncludes(text.replace(/\n\s*/g, ""), "GET / HTTP/1.1");
  },
);

Deno.test("formatProfile() explains an empty table, and reports that it has no findings", () => {
  const error = { kind: "refused", phase: "connect", by: "target", message: "Cannot connect" } as const;
  assertStringIncludes(
    formatProfile({ ...PROFILE, error, experiments: {}, findings: [], checks: [] }),
    "FAILED: refused",
  );
  assertStringIncludes(formatProfile({ ...PROFILE, findings: [] }), "no findings");
});

Deno.test("formatPlan() shows the octets line by line, and cuts padding", () => {
  const bytes = new TextEncoder().encode(`GET / HTTP/1.1\r\nX: ${"x".repeat(3000)}\r\n\r\n`);
  const text = formatPlan([{
    name: "a",
    question: "Is it?",
    sends: "one",
    atMost: 1500,
    requests: [{ note: "once", bytes }],
  }]);
  assertStringIncludes(text, "a  Is it?\n  sends one; 1.5 s at most\n  once\n    GET / HTTP/1.1\\r\\n\n");
  assertStringIncludes(text, `… ${bytes.length - 2048} octets more`);
});

testRows(
  "formatProfile() colours an outcome by its findings",
  [["yes", "32"], ["closes", "1;31"], ["unknown", "2"], ["skipped", "2"]] as const,
  ([outcome, sgr]) => {
    const text = formatProfile(
      {
        ...PROFILE,
        experiments: {
          ...PROFILE.experiments,
          head: { outcome: "skipped", summary: "", facts: {}, evidence: [], ms: 0 },
        },
      },
      { paint: sgrPaint },
    );
    assertStringIncludes(text, `\x1b[${sgr}m${outcome}`);
  },
);
