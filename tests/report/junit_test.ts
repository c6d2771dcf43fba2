import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatJunit, formatProfileJunit } from "../../lib/report/junit.ts";
import type { ConnectionProfile, ProbeResult } from "../../lib/result.ts";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import { JunitFormatter } from "../../lib/report/junit.ts";
import { degradedOutcome, ENDING, goodResult, outcomeOf, plainResult, refusedResult } from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const LOCAL = { kind: "resource", phase: "connect", by: "local", message: "too many open files" } as const;

Deno.test("formatJunit() writes a suite for each target and a case for each expectation", {
  permissions: "none",
}, () => {
  const checks = [{ expect: "status < 400", ok: true, actual: 200 }, {
    expect: 'body ~ /"a"/',
    ok: false,
    actual: "b",
  }];
  assertEquals(
    formatJunit([plainResult({ ok: false, checks })]),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sonde">
  <testsuite name="127.0.0.1:8080" tests="3" failures="1" errors="0" skipped="0" time="0.000780" timestamp="2026-03-01T12:00:00" hostname="127.0.0.1:8080">
    <testcase classname="127.0.0.1:8080" name="GET http://127.0.0.1:8080/" time="0.000780"/>
    <testcase classname="127.0.0.1:8080" name="status &lt; 400" time="0.000000"/>
    <testcase classname="127.0.0.1:8080" name="body ~ /&quot;a&quot;/" time="0.000000">
      <failure type="expectation" message="found &quot;b&quot;"/>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});

Deno.test(
  "formatJunit() distinguishes failures from expectations that could not be measured",
  { permissions: "none" },
  async (test) => {
    const checks = [{ expect: "status == 200", ok: false, actual: undefined }];
    const rows: [result: ProbeResult, counts: string][] = [
      [goodResult(), 'tests="1" failures="0" errors="0"'],
      [refusedResult({ checks }), 'tests="2" failures="2" errors="0"'],
      [refusedResult({ checks, error: LOCAL }), 'tests="2" failures="0" errors="2"'],
    ];
    await stepRows(test, rows, ([result, counts]) => {
      assertStringIncludes(formatJunit([result]), counts);
    });
  },
);

Deno.test("formatJunit() names hosts that the URL parser refuses", { permissions: "none" }, () => {
  const text = formatJunit([plainResult({ url: "http://xn--a.test:81/x" })]);
  assertStringIncludes(text, 'hostname="xn--a.test:81"');
});

Deno.test("formatProfileJunit() writes a suite for each profile", { permissions: "none" }, () => {
  const profile: ConnectionProfile = {
    schema: 1,
    input: "a.test",
    url: "http://a.test/",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: false,
    experiments: { close: { outcome: "honoured", summary: "", facts: {}, evidence: [], ms: 1500 } },
    findings: [],
    checks: [{ expect: "idle >= 65s", ok: false, actual: 60 }],
  };
  const xml = formatProfileJunit([profile]);
  assertStringIncludes(xml, 'name="connections of http://a.test/" time="1.500000"/>');
  assertStringIncludes(xml, '<failure type="expectation" message="found 60 s"/>');
});

const BAD = [{ expect: "status == 200", ok: false, actual: 503 }];

testRows<[title: string, row: [ProbeResult, CheckOutcome], counts: string, parts: readonly string[]]>(
  "JunitFormatter gives the verdict of a check:",
  [
    ["up", [plainResult(), outcomeOf("up")], 'tests="1" failures="0" errors="0" skipped="0"', [
      '<property name="verdict" value="up"/>',
      '<property name="condition" value="up"/>',
    ]],
    ["degraded", [plainResult(), degradedOutcome()], 'tests="2" failures="0" errors="0" skipped="0"', [
      '<property name="verdict" value="degraded"/>',
      '<property name="cause" value="not chain.total &lt; 1s (found 1.2 s)"/>',
      "<system-out>degraded: not chain.total &lt; 1s (found 1.2 s)</system-out>",
    ]],
    [
      "a certificate that ends soon",
      [plainResult(), outcomeOf("up", { certificate: ENDING })],
      'tests="1" failures="0" errors="0" skipped="0"',
      ["<system-out>the certificate CN=Old CA of https://first.test/ expires in 5 days"],
    ],
    [
      "down",
      [plainResult({ ok: false, checks: BAD }), outcomeOf("down")],
      'tests="2" failures="1" errors="0" skipped="0"',
      ['<property name="verdict" value="down"/>', '<failure type="expectation" message="found 503"/>'],
    ],
    [
      "down for a reason of its own",
      [plainResult(), outcomeOf("down")],
      'tests="1" failures="1" errors="0"',
      [
        '<failure type="down" message="why it is down"/>',
      ],
    ],
    [
      "unknown, after a local fault",
      [refusedResult({ error: LOCAL }), outcomeOf("unknown")],
      'tests="1" failures="0" errors="1" skipped="0"',
      ['<error type="resource in connect, by local" message="too many open files"/>'],
    ],
    [
      "unknown, since another check is down",
      [refusedResult({ checks: BAD }), outcomeOf("unknown", { cause: "gateway is down" })],
      'tests="2" failures="0" errors="2" skipped="0"',
      [
        '<property name="cause" value="gateway is down"/>',
        '<error type="unknown" message="gateway is down"/>',
        '<error type="expectation" message="found 503"/>',
      ],
    ],
    [
      "in maintenance",
      [plainResult({ ok: false, checks: BAD }), outcomeOf("down", { excluded: "maintenance" })],
      'tests="2" failures="0" errors="0" skipped="2"',
      ['<skipped message="in maintenance, down: why it is down"/>', 'name="excluded" value="maintenance"'],
    ],
    [
      "up after a failure that was expected",
      [refusedResult(), outcomeOf("up")],
      'tests="1" failures="0" errors="0" skipped="0"',
      ["<system-out>Cannot connect to 127.0.0.1:8081: connection refused</system-out>"],
    ],
    ["tags", [plainResult(), outcomeOf("up", { tags: ["a", "b<"] })], 'tests="1"', [
      '<property name="tag" value="a"/>\n      <property name="tag" value="b&lt;"/>',
    ]],
  ],
  ([, [result, check], counts, parts]) => {
    const text = new JunitFormatter().row(result, { check });
    assertEquals([counts, ...parts].filter((part) => !text.includes(part)), [], text);
  },
  { permissions: "none" },
);

Deno.test("JunitFormatter gives the start and the time of all hops", { permissions: "none" }, () => {
  const result = plainResult({
    startedAt: "2026-03-01T12:00:02.000Z",
    timings: { total: 900 },
    redirects: [plainResult({ startedAt: "2026-03-01T12:00:00.700Z", timings: { total: 1200 } })],
  });
  assertStringIncludes(formatJunit([result]), 'timestamp="2026-03-01T12:00:00"');
  const times = [...formatJunit([result]).matchAll(/ time="([^"]*)"/g)].map(([, time]) => time);
  assertEquals(times, ["2.100000", "2.100000"]);
});
