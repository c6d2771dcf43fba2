import { assertEquals } from "@std/assert";
import { experimentNames } from "../../lib/conn/experiment_names.ts";
import { parseExpectation } from "../../lib/expect/parse_expectation.ts";
import { missingInProfile, missingInResult } from "../../lib/expect/saved_facts.ts";
import type { ConnectionProfile, ProbeResult } from "../../lib/result.ts";
import { testRows } from "../_test_rows.ts";
import { goodResult, refusedResult } from "../report/_samples.ts";

const CONTENT = "the row does not hold the content: a batch keeps it with --body";
const DIGEST =
  "the row does not hold the SHA-256 of the content: a run keeps it for an expectation about body.sha256";
const EXPERIMENT = "the row does not hold the experiment idle-timeout, which did not run";
const REPORT = { outcome: "closed", summary: "", facts: {}, evidence: [], ms: 1 };

const names = experimentNames();
const withBody = (changes: object): ProbeResult =>
  goodResult({ body: { ...goodResult().body!, ...changes } });

/** A row without one of its properties. */
function without(name: keyof ProbeResult): ProbeResult {
  const { [name]: _, ...rest } = goodResult();
  return rest as ProbeResult;
}

testRows<[expectation: string, row: ProbeResult, missing: string | undefined]>(
  "missingInResult() tells what a row lacks for an expectation",
  [
    ["body ~ /x/", goodResult(), CONTENT],
    ["not json.a", goodResult(), CONTENT],
    ["body ~ /x/", withBody({ text: "x" }), undefined],
    ["body ~ /x/", withBody({ bytes: 0 }), undefined],
    ["body ~ /x/", withBody({ coding: { names: ["gzip"], error: "no gzip" } }), undefined],
    ["body ~ /x/", refusedResult(), undefined],
    ["body ~ /x/", { ...withBody({ text: "x" }), redirects: [goodResult()] }, CONTENT],
    ["body.bytes > 3", goodResult(), undefined],
    ["body.sha256", goodResult(), DIGEST],
    ["body.sha256", withBody({ sha256: "ab" }), undefined],
    ["idle > 3s", goodResult(), EXPERIMENT],
    ["idle > 3s", goodResult({ experiments: { "idle-timeout": REPORT } }), undefined],
    ["status == 200", goodResult(), undefined],
    ["request.bytes > 3", goodResult(), "the row does not hold request"],
    ["not request.complete", goodResult(), "the row does not hold request"],
    ["request.bytes > 3", refusedResult(), undefined],
    ["certificate.daysLeft > 3", without("tls"), "the row does not hold tls"],
    ["not header.etag", without("headers"), "the row does not hold headers"],
    ["connection.end.how == 'open'", without("connection"), "the row does not hold connection"],
    ["body.bytes > 3", without("body"), "the row does not hold body"],
    ["timings.dns < 3s", goodResult({ timings: { total: 1 } }), undefined],
    ["redirects[3].status == 301", goodResult(), undefined],
  ],
  ([text, row, missing]) => {
    assertEquals(missingInResult(row, parseExpectation(text, { subject: "row", names })), missing);
  },
  { permissions: "none" },
);

Deno.test("missingInProfile() tells which experiment a profile lacks", { permissions: "none" }, () => {
  const profile: ConnectionProfile = {
    schema: 1,
    input: "a",
    url: "http://a/",
    startedAt: "",
    ok: true,
    experiments: {},
    findings: [],
    checks: [],
  };
  const idle = parseExpectation("idle > 3s", { subject: "profile", names });
  assertEquals(missingInProfile(profile, idle), EXPERIMENT);
  assertEquals(missingInProfile({ ...profile, experiments: { "idle-timeout": REPORT } }, idle), undefined);
});
