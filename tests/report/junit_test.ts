import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatJunit, formatProfileJunit } from "../../lib/report/junit.ts";
import type { ConnectionProfile, ProbeResult } from "../../lib/result.ts";
import { goodResult, plainResult, refusedResult } from "./_samples.ts";
import { stepRows } from "../_test_rows.ts";

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
  assertStringIncludes(xml, '<failure type="expectation" message="found 60"/>');
});
