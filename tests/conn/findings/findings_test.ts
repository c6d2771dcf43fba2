import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENTS } from "../../../lib/conn/experiments.ts";
import { findProblems } from "../../../lib/conn/findings/findings.ts";
import { FRONTS, SERVER_SETTINGS } from "../../../lib/conn/findings/known_timeouts.ts";
import type { ExperimentReport } from "../../../lib/result.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

function report(outcome: string, facts: Record<string, unknown> = {}): ExperimentReport {
  return { outcome, summary: "the figures", facts, evidence: [], ms: 1 };
}

/** Outcomes that lead to a finding by themselves. */
const BY_OUTCOME: readonly (readonly [experiment: string, outcome: string, code: string])[] = [
  ["keep-alive", "lie", "keep-alive-lie"],
  ["close", "silent", "silent-close"],
  ["close", "left-open", "close-ignored"],
  ["http10", "unframed-open", "http10-unframed"],
  ["head", "differs", "head-differs"],
  ["head", "has-body", "framing-anomaly"],
  ["conditional", "broken", "conditional-broken"],
  ["pipelining", "reordered", "pipelining-broken"],
  ["pipelining", "first-only", "pipelining-broken"],
  ["tls", "no-close-notify", "no-close-notify"],
  ["addresses", "differ", "addresses-differ"],
  ["statuses", "closes-on-some", "closes-on-error-status"],
  ["half-close", "dropped", "half-close-drops-answer"],
  ["half-close", "changed", "half-close-drops-answer"],
  ["half-close", "partial", "half-close-drops-answer"],
  ["early-answer", "lost", "reset-loses-answer"],
  ["reuse-race", "loses", "idle-race"],
  ["streaming", "at-once", "buffered-on-the-way"],
  ["desync", "keeps-open", "desync-risk"],
];

Deno.test("findProblems() gives advice for each bad outcome, and none for good ones", async (test) => {
  await stepRows(test, BY_OUTCOME, ([experiment, outcome, code]) => {
    const known = EXPERIMENTS.find(({ name }) => name === experiment);
    assert(known && outcome in known.outcomes, `${experiment} has the outcome ${outcome}`);
    const findings = findProblems({ [experiment]: report(outcome) });
    assertEquals(findings.map((finding) => [finding.code, finding.experiment]), [[code, experiment]]);
    assert(findings[0]!.advice.length > 20);
  });
  await stepRows(test, ["unknown", "skipped"], (outcome) => {
    const all = Object.fromEntries(EXPERIMENTS.map(({ name }) => [name, report(outcome)]));
    assertEquals(findProblems(all), []);
  });
});

const IDLE_ROWS: readonly {
  readonly facts: Record<string, unknown>;
  readonly front: number;
  readonly finding: readonly [code: string, severity: string] | undefined;
  readonly message?: string;
}[] = [
  { facts: { seconds: 5 }, front: 60, finding: ["idle-shorter-than-proxy", "problem"], message: "by 55 s" },
  {
    facts: { seconds: 59.9 },
    front: 60,
    finding: ["idle-shorter-than-proxy", "problem"],
    message: "by 0.1 s",
  },
  {
    facts: { seconds: 60.2 },
    front: 60,
    finding: ["idle-shorter-than-proxy", "warning"],
    message: "only by 0.2 s",
  },
  { facts: { seconds: 60 }, front: 60, finding: ["idle-shorter-than-proxy", "warning"] },
  { facts: { seconds: 61 }, front: 60, finding: ["idle-longer-than-proxy", "info"], message: "by 1 s" },
  { facts: { seconds: 75 }, front: 60, finding: ["idle-longer-than-proxy", "info"] },
  {
    facts: { seconds: 75, sweep: true },
    front: 60,
    finding: ["idle-unknown", "warning"],
    message: "now and then only",
  },
  { facts: { seconds: 5, sweep: true }, front: 60, finding: ["idle-shorter-than-proxy", "problem"] },
  { facts: { atLeast: 60 }, front: 60, finding: ["idle-unknown", "warning"], message: "after 60 s" },
  { facts: { atLeast: 66 }, front: 60, finding: ["idle-longer-than-proxy", "info"], message: "at least 6 s" },
  { facts: { atLeast: 11 }, front: 60, finding: ["idle-unknown", "warning"], message: "after 11 s" },
  { facts: {}, front: 60, finding: undefined },
];

testRows(
  "findProblems() names who closes an idle connection first",
  IDLE_ROWS,
  ({ facts, front, finding, message }) => {
    const outcome = "seconds" in facts ? "closes" : "outlives";
    const findings = findProblems({ "idle-timeout": report(outcome, facts) }, {
      front: { name: "the front", idle: front * 1000 },
    });
    assertEquals(
      findings.map(({ code, severity }) => [code, severity]),
      finding ? [[...finding]] : [],
      JSON.stringify(facts),
    );
    if (message !== undefined) assert(findings[0]?.message.includes(message), findings[0]?.message);
  },
);

testRows<[facts: Record<string, unknown>, finding: readonly string[], message: string]>(
  "findProblems() recognises a load balancer that passes connections through",
  [
    [{ seconds: 5 }, ["idle-within-flow", "info"], "after 5 s"],
    [{ seconds: 349.9 }, ["idle-within-flow", "info"], "after 349.9 s"],
    [{ seconds: 350 }, ["flow-forgotten", "warning"], "for 350 s, AWS Network"],
    [{ seconds: 400 }, ["flow-forgotten", "warning"], "for 400 s, AWS Network"],
    [{ atLeast: 350 }, ["idle-unknown", "warning"], "after 350 s"],
    [{ atLeast: 356 }, ["flow-forgotten", "warning"], "for 356 s and more, AWS Network"],
    [{ atLeast: 11 }, ["idle-unknown", "warning"], "after 11 s"],
  ],
  ([facts, [code, severity], message]) => {
    const outcome = "seconds" in facts ? "closes" : "outlives";
    const [finding] = findProblems({ "idle-timeout": report(outcome, facts) }, { front: FRONTS["aws-nlb"] });
    assertEquals([finding?.code, finding?.severity], [code, severity]);
    assert(finding?.message.includes(message), finding?.message);
  },
);

const HIDDEN_PROXY = "a proxy that adds no field to answers";

const CLOSER_ROWS: readonly {
  readonly samples: readonly Record<string, unknown>[];
  readonly advice: readonly string[];
  readonly not?: readonly string[];
}[] = [
  {
    samples: [{ seconds: 5, answeredBy: ["nginx/1.22.1"] }],
    advice: ["or the front's to 4 s or less", "names nginx/1.22.1 (keepalive_timeout 65s;", HIDDEN_PROXY],
  },
  {
    samples: [{ seconds: 5, answeredBy: [] }],
    advice: ["does not name the server", "server.keepAliveTimeout = 65_000", HIDDEN_PROXY],
  },
  {
    samples: [{ seconds: 5, answeredBy: ["Werkzeug/3.0"] }],
    advice: ["names Werkzeug/3.0. If", HIDDEN_PROXY],
    not: ["keepAliveTimeout"],
  },
  {
    // Two servers are behind one address: the advice must not name the one that did not close.
    samples: [{ atLeast: 66, answeredBy: ["nginx/1.22.1"] }, { seconds: 5, answeredBy: ["Apache/2.4.62"] }],
    advice: ["names Apache/2.4.62 (KeepAliveTimeout 65"],
    not: ["nginx"],
  },
  {
    samples: [{ seconds: 9, answeredBy: ["lighttpd/1.4"] }, { seconds: 5, answeredBy: ["nginx"] }],
    advice: ["names nginx (keepalive_timeout 65s;"],
    not: ["lighttpd"],
  },
  {
    samples: [{ kept: false, answeredBy: ["lighttpd/1.4"] }, { seconds: 5, answeredBy: ["nginx"] }],
    advice: ["names nginx (keepalive_timeout 65s;"],
    not: ["lighttpd"],
  },
  {
    samples: [{ seconds: 5, answeredBy: ["nginx", "via 1.1 Caddy"] }],
    advice: ["came through Caddy, which is what closes", "servers { timeouts { idle 65s } }"],
    not: ["keepalive_timeout"],
  },
  {
    samples: [{ seconds: 5, answeredBy: ["nginx", "via 1.1 Caddy, 1.1 varnish (Varnish/7.1)"] }],
    advice: ["came through varnish (Varnish/7.1), which is what closes"],
    not: ["keepalive_timeout", "idle 65s }"],
  },
  {
    samples: [{ seconds: 5, answeredBy: ["gunicorn", "via 1.1 edge.example (Apache/2.4.62)"] }],
    advice: ["came through edge.example (Apache/2.4.62), which is what closes", "(KeepAliveTimeout 65"],
    not: ["keepalive ="],
  },
];

testRows(
  "findProblems() names the setting of the server that closed, and mentions that an intermediary may have closed",
  CLOSER_ROWS,
  ({ samples, advice, not = [] }) => {
    const idle = report("closes", { seconds: 5, samples });
    const [finding] = findProblems({ "idle-timeout": idle }, { front: FRONTS["aws-alb"] });
    for (const part of advice) assert(finding?.advice.includes(part), `${part}: ${finding?.advice}`);
    for (const part of not) assert(!finding?.advice.includes(part), `${part}: ${finding?.advice}`);
    assert(finding?.message.includes("https://docs.aws.amazon.com/"), finding?.message);
  },
);

const NGINX = { answeredBy: ["nginx"], address: "192.0.2.1" };

/** Samples in the form of the facts, and the codes of their findings. */
const ANNOUNCED_ROWS: readonly [
  samples: readonly Record<string, unknown>[],
  codes: string[],
  said?: string,
][] = [
  [[{ seconds: 0.3, announced: 60 }], ["keep-alive-lie"], "timeout=60"],
  // A packet of the answer was lost and sent again, so the server began to count before us.
  [[{ seconds: 4.64, announced: 5, answerMs: 470 }], []],
  [[{ seconds: 4.2, announced: 5, answerMs: 30 }], ["keep-alive-lie"]],
  [[{ seconds: 4.9, announced: 5 }], []],
  [[{ seconds: 6, announced: 5 }], []],
  [[{ seconds: 4.2, announced: 5 }], ["keep-alive-lie"]],
  // Two servers alternate, and each keeps its promise.
  [[{ seconds: 6, announced: 5 }, { seconds: 3, announced: 2 }], []],
  [[{ seconds: 3, announced: 2 }, { seconds: 6, announced: 5 }], []],
  [[{ atLeast: 11, announced: 60 }, { seconds: 3 }], []],
  [[{ kept: false, announced: 60 }, { seconds: 3 }], []],
  // One of them breaks its promise.
  [
    [{ seconds: 3, announced: 2 }, { ...NGINX, seconds: 4, announced: 5 }],
    ["keep-alive-lie"],
    "timeout=5, and closes an idle connection (FIN) after 4 s, on 1 of 2 connections (nginx at 192.0.2.1)",
  ],
  // The slow answer on one connection does not excuse another connection.
  [[{ seconds: 4.6, announced: 5 }, { seconds: 6, announced: 5, answerMs: 900 }], ["keep-alive-lie"]],
];

testRows(
  "findProblems() compares the idle time of each connection with the announcement in its own answer",
  ANNOUNCED_ROWS,
  ([given, codes, said = ""]) => {
    const samples = given.map((sample) => ({ address: "192.0.2.2", how: "fin", ...sample }));
    const findings = findProblems({ "idle-timeout": report("closes", { samples }) });
    assertEquals(
      findings.map(({ code }) => code).filter((code) => code !== "addresses-differ"),
      codes,
      JSON.stringify(given),
    );
    if (codes.length > 0) assertStringIncludes(findings.map(({ message }) => message).join("\n"), said);
  },
);

Deno.test("findProblems() compares the addresses behind a name", async (test) => {
  const one = { address: "192.0.2.1", seconds: 5 };
  const rows: readonly [name: string, samples: Record<string, unknown>[], message: string | undefined][] = [
    ["alike", [one, { address: "192.0.2.2", seconds: 6.2 }], undefined],
    ["apart", [one, { address: "192.0.2.2", seconds: 6.4 }], "192.0.2.2 after 6.4 s"],
    ["one outlives", [one, { address: "192.0.2.2", atLeast: 11 }], "192.0.2.2 keeps them for at least 11 s"],
    [
      "the shortest of each counts",
      [one, { ...one, seconds: 60 }, { address: "192.0.2.2", seconds: 5 }],
      undefined,
    ],
    ["one keeps none", [one, { address: "192.0.2.2", kept: false }], undefined],
    ["one address", [one, { ...one, seconds: 60 }], undefined],
    ["a tenth of a long time", [{ ...one, seconds: 100 }, { address: "192.0.2.2", seconds: 109 }], undefined],
  ];
  await stepRows(test, rows, ([name, samples, message]) => {
    const findings = findProblems({ "idle-timeout": report("closes", { samples }) });
    assertEquals(findings.map(({ code }) => code), message === undefined ? [] : ["addresses-differ"], name);
    if (message !== undefined) assert(findings[0]?.message.includes(message), findings[0]?.message);
  });
});

testRows<[experiments: Record<string, ExperimentReport>, codes: string[]]>(
  "findProblems() repeats the same advice for a second experiment, but not for the same one",
  [
    [{ head: report("has-body", { surplusBytes: 7 }) }, ["framing-anomaly"]],
    [{ close: report("silent", { how: "rst" }) }, ["silent-close", "reset-loses-answer"]],
    [
      {
        "keep-alive": report("lie"),
        "idle-timeout": report("closes", { samples: [{ seconds: 1, announced: 60, how: "fin" }] }),
      },
      ["keep-alive-lie", "keep-alive-lie"],
    ],
  ],
  ([experiments, codes]) => {
    assertEquals(findProblems(experiments).map(({ code }) => code), codes);
  },
);

testRows<[name: string, facts: Record<string, unknown>, codes: string[]]>(
  "findProblems() reports resets, excess octets and odd framing",
  [
    ["close", { how: "rst" }, ["reset-loses-answer"]],
    ["keep-alive", { surplusBytes: 12 }, ["framing-anomaly"]],
    ["keep-alive", { surplusBytes: 1 }, ["framing-anomaly"]],
    ["keep-alive", { surplusBytes: 0 }, []],
    ["idle-timeout", { surplusBytes: 12 }, []],
    ["conditional", { deviations: ["te-and-cl"] }, ["framing-anomaly"]],
    ["conditional", { deviations: ["bare-lf"] }, []],
    ["leniency", { deviations: ["te-and-cl"] }, []],
    ["tls", { versions: { "TLSv1": true, "TLSv1.2": true } }, ["old-tls"]],
    ["tls", { certificates: 2 }, ["certificates-differ"]],
  ],
  ([name, facts, codes]) => {
    assertEquals(
      findProblems({ [name]: report("whatever", facts) }).map(({ code }) => code),
      codes,
      JSON.stringify(facts),
    );
  },
);

Deno.test("FRONTS and SERVER_SETTINGS carry a source, and each setting matches only its server", async (test) => {
  await stepRows(test, Object.values(FRONTS), ({ source, idle }) => {
    assert(source.startsWith("https://"));
    assert(idle >= 1000);
  });
  const matches = (name: string) => SERVER_SETTINGS.filter(({ server }) => server.test(name)).length;
  assertEquals(["nginx", "Apache/2.4.1 (Unix)", "Apache-Coyote/1.1", "mynginx", "Caddy"].map(matches), [
    1,
    1,
    0,
    0,
    1,
  ]);
});
