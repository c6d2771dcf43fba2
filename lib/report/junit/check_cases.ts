/**
 * The outcome of a check in JUnit XML.
 *
 * @module
 */

import { type CheckOutcome, describeEndingCertificate, isWorking } from "../check_outcome.ts";
import { describeBrokenCheck } from "../describe_check.ts";
import { formatAttributes, type TestCase } from "./test_case.ts";

/**
 * Judges the cases of a result as its check does: only a check that is down has failures, one that is unknown has errors,
 * and one in maintenance is skipped. Expectations that degrade a check are cases that pass and say so.
 *
 * @param cases The case of the answer first, then those of the expectations
 */
export function judgeCases(
  [answer, ...others]: readonly [TestCase, ...TestCase[]],
  check: CheckOutcome,
): TestCase[] {
  const cases = [judgeAnswer(answer, check), ...others, ...check.warnings.map(warningCase)];
  if (check.excluded !== undefined) return cases.map((it) => skip(it, check));
  switch (check.verdict) {
    case "up":
    case "degraded":
      return cases;
    case "unknown":
      return cases.map((it) =>
        it.verdict === undefined ? it : { ...it, verdict: { ...it.verdict, tag: "error" } }
      );
    case "down":
      return cases.some((it) => it.verdict !== undefined)
        ? cases
        : cases.map((it, index) => index === 0 ? { ...it, verdict: verdictOf("failure", check) } : it);
  }
}

function judgeAnswer({ name, verdict }: TestCase, check: CheckOutcome): TestCase {
  const output = describe(check);
  if (check.verdict === "unknown") {
    // A local fault says why by itself.
    return { name, verdict: verdict?.tag === "error" ? verdict : verdictOf("error", check), output };
  }
  return isWorking(check) ? { name, output: output ?? verdict?.message } : { name, verdict, output };
}

function verdictOf(tag: "failure" | "error", { verdict, cause }: CheckOutcome): TestCase["verdict"] {
  return { tag, type: verdict, message: cause ?? verdict };
}

function skip({ name, output }: TestCase, { verdict, cause }: CheckOutcome): TestCase {
  const message = `in maintenance, ${verdict}${cause === null ? "" : `: ${cause}`}`;
  return { name, verdict: { tag: "skipped", message }, output };
}

function warningCase(warning: CheckOutcome["warnings"][number]): TestCase {
  const output = warning.ok ? undefined : `degraded: ${describeBrokenCheck(warning)}`;
  return { name: warning.expect, output };
}

/** Describes what is not a failure but no good either. */
function describe({ verdict, cause, certificate }: CheckOutcome): string | undefined {
  const lines = [
    ...(verdict === "degraded" && cause !== null ? [`degraded: ${cause}`] : []),
    ...(certificate === undefined ? [] : [describeEndingCertificate(certificate)]),
  ];
  return lines.length === 0 ? undefined : lines.join("; ");
}

/** Formats the outcome of a check as the properties of its suite. */
export function formatProperties(check: CheckOutcome): string {
  const { verdict, cause, condition, since, excluded, tags } = check;
  const properties = [
    ["verdict", verdict],
    ...(cause === null ? [] : [["cause", cause]]),
    ["condition", condition],
    ["since", since],
    ...(excluded === undefined ? [] : [["excluded", excluded]]),
    ...tags.map((tag) => ["tag", tag]),
  ] as const;
  const lines = properties.map(([name = "", value = ""]) =>
    `      <property${formatAttributes({ name, value })}/>\n`
  );
  return `    <properties>\n${lines.join("")}    </properties>\n`;
}
