import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Difference, diffSaved, kindOfSaved } from "../../../lib/report/diff/diff.ts";
import { formatDiff } from "../../../lib/report/diff/diff_text.ts";
import type { ConnectionProfile, ProbeResult } from "../../../lib/result.ts";
import { goodTls } from "../_samples.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

function result(changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    schema: 1,
    input: "a",
    url: "http://a/",
    method: "GET",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: true,
    status: 200,
    reason: "OK",
    version: "1.1",
    headers: [["Server", "one"], ["Date", "now"], ["Set-Cookie", "a=1"]],
    interim: [],
    body: { framing: "content-length", bytes: 2, wireBytes: 2, complete: true, trailers: [] },
    deviations: [],
    timings: { total: 12 },
    connection: {
      peer: { address: "127.0.0.1", port: 80 },
      local: { address: "127.0.0.1", port: 50000 },
      reused: false,
      requestNumber: 1,
      announced: { persistent: true },
      end: { by: "us", how: "open" },
      surplusBytes: 0,
    },
    redirects: [],
    checks: [],
    ...changes,
  };
}

function profile(outcome: string, facts: Record<string, unknown>): ConnectionProfile {
  const experiments = { "idle-timeout": { outcome, summary: "", facts, evidence: ["x"], ms: Math.random() } };
  return { schema: 1, input: "a", url: "u", startedAt: "", ok: true, experiments, findings: [], checks: [] };
}

/** A profile of the experiment `reuse-race`, whose tries end randomly. */
function race(outcome: string, facts: Record<string, unknown>): ConnectionProfile {
  const { experiments: _, ...rest } = profile("", {});
  const finding = {
    code: "idle-race",
    severity: "warning",
    experiment: "reuse-race",
    message: "",
    advice: "",
  } as const;
  const findings = outcome === "loses" ? [finding] : [];
  return {
    ...rest,
    experiments: { "reuse-race": { outcome, summary: "", facts, evidence: [], ms: 1 } },
    findings,
  };
}

function renewedTls(): NonNullable<ProbeResult["tls"]> {
  const { certificate, ...tls } = goodTls();
  return { ...tls, certificate: { ...certificate!, notAfter: "2027-01-01T00:00:00Z" } };
}

const chance = (tries: number, lost: number) => ({ chance: { tries, lost, atMost: 0.5 }, sent: tries, lost });

const samples = (...seconds: number[]) => ({
  seconds: Math.min(...seconds),
  samples: seconds.map((it) => ({ seconds: it })),
});

const ROWS: readonly (readonly [
  what: string,
  before: ProbeResult | ConnectionProfile,
  after: ProbeResult | ConnectionProfile,
  Difference[],
])[] = [
  ["nothing", result(), result(), []],
  [
    "what belongs to the moment",
    result(),
    result({
      startedAt: "2026-04-01T12:00:00.000Z",
      timings: { total: 99, dns: 1 },
      headers: [["Server", "one"], ["Date", "later"], ["Set-Cookie", "a=2"]],
      body: { framing: "content-length", bytes: 9, wireBytes: 9, complete: true, trailers: [] },
    }),
    [],
  ],
  [
    "status, field and framing",
    result(),
    result({
      status: 503,
      headers: [["Server", "two"], ["Date", "now"], ["Set-Cookie", "a=1"], ["Via", "1.1 x"]],
      body: { framing: "chunked", bytes: 2, wireBytes: 12, complete: true, trailers: [] },
    }),
    [
      { fact: "status", before: 200, after: 503 },
      { fact: "header.server", before: "one", after: "two" },
      { fact: "body.framing", before: "content-length", after: "chunked" },
      { fact: "header.via", before: null, after: "1.1 x" },
    ],
  ],
  [
    "the certificate of a redirect",
    result({ redirects: [result({ status: 302, url: "https://a/", tls: goodTls({}, 5) })] }),
    result({ redirects: [result({ status: 302, url: "https://a/", tls: renewedTls() })] }),
    [{
      fact: "redirects.certificates",
      before: [`https://a/ CN=shop.example.test until ${goodTls().certificate!.notAfter}`],
      after: ["https://a/ CN=shop.example.test until 2027-01-01T00:00:00Z"],
    }],
  ],
  [
    "the certificate of a redirect a day later",
    result({ redirects: [result({ tls: goodTls({}, 5) })] }),
    result({ redirects: [result({ tls: goodTls({}, 4) })] }),
    [],
  ],
  [
    "idle times that are near to each other",
    profile("closes", samples(5.2, 5.9)),
    profile("closes", samples(6.1, 6.4)),
    [],
  ],
  [
    "idle times that overlap",
    profile("closes", samples(5, 20)),
    profile("closes", samples(18, 30)),
    [],
  ],
  [
    "idle times that do not",
    profile("closes", samples(5)),
    profile("closes", samples(60)),
    [{ fact: "experiments.idle-timeout.seconds", before: 5, after: 60 }],
  ],
  [
    "an outcome",
    profile("closes", samples(5)),
    profile("outlives", { atLeast: 11 }),
    [
      { fact: "experiments.idle-timeout.outcome", before: "closes", after: "outlives" },
      { fact: "experiments.idle-timeout.seconds", before: 5, after: null },
    ],
  ],
  ["what chance decided", race("loses", chance(7, 3)), race("none-lost", chance(9, 0)), []],
  ["what chance left open", race("unknown", chance(2, 0)), race("loses", chance(9, 1)), []],
  [
    "figures that change from try to try",
    race("unsteady", { requests: 5, how: "fin", announcedClose: false }),
    race("unsteady", { requests: 9, how: "rst", announcedClose: false }),
    [],
  ],
  [
    "which of unlike servers answered",
    race("yes", { answeredBy: ["nginx"], backends: { answered: ["nginx"] } }),
    race("yes", { answeredBy: ["Apache"], backends: { answered: ["Apache"] } }),
    [],
  ],
  [
    "what another one of unlike servers gave",
    race("yes", { backends: { answered: ["nginx"] } }),
    race("no", { backends: { answered: ["Apache"] } }),
    [],
  ],
  [
    "what nobody knows which of unlike servers gave",
    race("yes", { backends: { answered: [] } }),
    race("no", { backends: { answered: [] } }),
    [],
  ],
  [
    "what the same one of unlike servers gave",
    race("yes", { backends: { answered: ["nginx"] } }),
    race("no", { backends: { answered: ["nginx"] } }),
    [{ fact: "experiments.reuse-race.outcome", before: "yes", after: "no" }],
  ],
  [
    "another server",
    race("yes", { answeredBy: ["nginx"] }),
    race("yes", { answeredBy: ["Apache"] }),
    [{ fact: "experiments.reuse-race.answeredBy", before: ["nginx"], after: ["Apache"] }],
  ],
  [
    "an idle timeout where chance had decided",
    race("loses", chance(7, 3)),
    race("no-timeout", { atLeast: 11 }),
    [{ fact: "experiments.reuse-race.outcome", before: "decided by chance", after: "no-timeout" }],
  ],
];

testRows(
  "diffSaved() reports only changes in behaviour",
  ROWS,
  ([what, before, after, differences]) => {
    assertEquals(diffSaved(before, after), differences, what);
  },
);

Deno.test("diffSaved() refuses to compare a result with a profile", () => {
  assertThrows(() => diffSaved(result(), profile("closes", {})), TypeError, "Cannot compare");
});

testRows<readonly [unknown, unknown]>("kindOfSaved() recognises results and profiles", [
  [result(), "result"],
  [profile("closes", {}), "profile"],
  [{ ...result(), experiments: {} }, "result"],
  ...(["interim", "deviations", "redirects", "checks", "timings"] as const).map((name) =>
    [{ ...result(), [name]: undefined }, undefined] as const
  ),
  [{ ...result(), redirects: {} }, undefined],
  [{ ...profile("closes", {}), experiments: null }, undefined],
  [{ ...profile("closes", {}), checks: 1 }, undefined],
  [{}, undefined],
  [null, undefined],
  ["text", undefined],
], ([value, kind]) => {
  assertEquals(kindOfSaved(value), kind as never);
});

Deno.test("formatDiff() shows the old and new values, escaped", () => {
  const text = formatDiff("a", [{ fact: "status", before: null, after: "\x1b[2J" }]);
  assertEquals(text, "a\nstatus\n  - (none)\n  + \\x1b[2J");
  assertStringIncludes(formatDiff("a", []), "no difference in behaviour");
});

testRows(
  "formatDiff() wraps lines at the width, which is at least 40",
  [[20, 40], [40, 40], [60, 60]] as const,
  ([width, columns]) => {
    const difference = { fact: "headers", before: null, after: "word ".repeat(30).trim() };
    const lengths = formatDiff("a", [difference], { width }).split("\n").map((line) => line.length);
    const longest = Math.max(...lengths);
    assertEquals([longest <= columns, longest > columns - 6], [true, true], `${width}: ${lengths}`);
  },
);

Deno.test(
  "diffSaved() ignores the nonce of a policy, and nothing else of it",
  { permissions: "none" },
  () => {
    const policy = (value: string) => result({ headers: [["Content-Security-Policy", value]] });
    const one = policy("script-src 'nonce-YQ==' https://a/");
    assertEquals(diffSaved(one, policy("script-src 'nonce-Yg==' https://a/")), []);
    const [difference] = diffSaved(one, policy("script-src 'nonce-YQ==' https://b/"));
    assertEquals(difference?.fact, "header.content-security-policy");
  },
);

Deno.test("diffSaved() compares the presence of volatile fields, but not their values", {
  permissions: "none",
}, async (test) => {
  const names = [
    "Age",
    "Akamai-GRN",
    "Cache-Status",
    "CF-Cache-Status",
    "CF-Ray",
    "Content-Digest",
    "Content-Length",
    "Content-MD5",
    "Content-Range",
    "Date",
    "Digest",
    "ETag",
    "Expires",
    "Last-Modified",
    "NEL",
    "RateLimit",
    "RateLimit-Remaining",
    "Report-To",
    "Repr-Digest",
    "Request-Id",
    "Server-Timing",
    "Set-Cookie",
    "Traceparent",
    "Tracestate",
    "X-Amz-Cf-Id",
    "X-Amz-Cf-Pop",
    "X-Amz-Id-2",
    "X-Amzn-RequestId",
    "X-Amzn-Trace-Id",
    "X-Azure-Ref",
    "X-B3-TraceId",
    "X-Backend-Response-Time",
    "X-Cache",
    "X-Cache-Hits",
    "X-Cache-Status",
    "X-Cloud-Trace-Context",
    "X-Correlation-ID",
    "X-CSRF-Token",
    "X-Envoy-Upstream-Service-Time",
    "X-GUploader-UploadID",
    "X-Kong-Upstream-Latency",
    "X-Process-Time",
    "X-Proxy-Cache",
    "X-RateLimit-Reset",
    "X-Request-Id",
    "X-Response-Time",
    "X-Runtime",
    "X-Served-By",
    "X-Timer",
    "X-Timestamp",
    "X-Trans-Id",
    "X-Varnish",
    "X-Vercel-Id",
  ];
  const withField = (name: string, value: string) => result({ headers: [[name, value]] });
  await stepRows(test, names, (name) => {
    assertEquals(diffSaved(withField(name, "1"), withField(name.toUpperCase(), "2")), [], name);
    assertEquals(diffSaved(withField(name, "1"), result({ headers: [] })).map(({ fact }) => fact), [
      `header.${name.toLowerCase()}`,
    ]);
  });
  assertEquals(diffSaved(withField("Vary", "1"), withField("Vary", "2")), [
    { fact: "header.vary", before: "1", after: "2" },
  ]);
});

Deno.test("diffSaved() compares the issuers of a certificate, but not the days that they have left", {
  permissions: "none",
}, () => {
  const issuedBy = (subject: string, daysLeft: number): ProbeResult => {
    const tls = goodTls();
    Object.assign(tls.certificate!.issuers![0]!, { subject, daysLeft });
    return result({ tls });
  };
  assertEquals(diffSaved(issuedBy("CN=a", 40), issuedBy("CN=a", 39)), []);
  assertEquals(diffSaved(issuedBy("CN=a", 40), issuedBy("CN=b", 40)).map(({ fact }) => fact), [
    "tls.certificate.issuers",
  ]);
});

testRows<[name: string, before: string, after: string, same: boolean]>(
  "diffSaved() ignores what a server puts into a redirect for one visit",
  [
    ["a state", "http://l/?a=1&state=x1y2", "http://l/?a=1&state=z3", true],
    ["several", "http://l/?nonce=1&a=1&ts=17#x", "http://l/?nonce=2&a=1&ts=18#x", true],
    ["a session in the path", "http://l/a;jsessionid=1?b", "http://l/a;jsessionid=2?b", true],
    ["another case", "http://l/?SAMLRequest=a%2B", "http://l/?SAMLRequest=b%2B", true],
    ["another parameter", "http://l/?next=1", "http://l/?next=2", false],
    ["a parameter that ends alike", "http://l/?mystate=1", "http://l/?mystate=2", false],
    ["a path", "http://l/old?state=1", "http://l/new?state=1", false],
    ["no state any more", "http://l/?state=1", "http://l/", false],
  ],
  ([_, before, after, same]) => {
    const withTarget = (location: string) => result({ headers: [["Location", location]] });
    const through = (url: string) => result({ redirects: [result({ url, status: 302 })] });
    const differences = [
      diffSaved(withTarget(before), withTarget(after)),
      diffSaved(through(before), through(after)),
    ];
    assertEquals(differences.map(({ length }) => length === 0), [same, same]);
  },
  { permissions: "none" },
);
