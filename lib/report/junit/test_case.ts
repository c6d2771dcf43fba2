/**
 * Test cases of JUnit XML.
 *
 * @module
 */

import type { Check, ProbeError } from "../../result.ts";
import { formatSeconds } from "../../text/duration.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import { escapeXml } from "../../text/escape/xml.ts";
import { describeActual } from "../describe_check.ts";

/** One test case. */
export interface TestCase {
  readonly name: string;
  /** Absent if the case passes. */
  readonly verdict?: CaseVerdict | undefined;
  /** Text for people about a case that passes. */
  readonly output?: string | undefined;
}

/** Why a case does not pass. */
export interface CaseVerdict {
  /**
   * `failure`: the expectation does not hold, or the target failed. `error`: a local fault prevented the
   * measurement. `skipped`: the case does not count.
   */
  readonly tag: "failure" | "error" | "skipped";
  /** Absent for `skipped`. */
  readonly type?: string;
  readonly message: string;
}

/** Makes the verdict on an answer that did not come. */
export function errorVerdict({ kind, phase, by, message }: ProbeError): CaseVerdict {
  const type = `${kind} in ${phase}, by ${by}`;
  return { tag: by === "local" ? "error" : "failure", type, message };
}

/** Makes the case of an expectation. If a local fault prevented the measurement, it is an error, not a failure. */
export function checkCase(check: Check, error: ProbeError | undefined): TestCase {
  const { expect, ok, actual } = check;
  if (ok) return { name: expect };
  const unmeasured = actual === undefined && error?.by === "local";
  const found = describeActual(check);
  return {
    name: expect,
    verdict: { tag: unmeasured ? "error" : "failure", type: "expectation", message: found },
  };
}

/** Formats a case, with its line feed. */
export function formatCase({ name, verdict, output }: TestCase, classname: string, ms: number): string {
  const attributes = formatAttributes({ classname, name, time: formatSeconds(ms) });
  const lines: string[] = [];
  if (verdict !== undefined) {
    const { tag, type, message } = verdict;
    lines.push(`<${tag}${formatAttributes(type === undefined ? { message } : { type, message })}/>`);
  }
  if (output !== undefined) lines.push(`<system-out>${escapeXml(escapeMessage(output))}</system-out>`);
  if (lines.length === 0) return `    <testcase${attributes}/>\n`;
  return `    <testcase${attributes}>\n` + lines.map((line) => `      ${line}\n`).join("") +
    "    </testcase>\n";
}

/** Formats the attributes of an element, each with a space before it. */
export function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes).map(([name, value]) =>
    ` ${name}="${escapeXml(escapeMessage(String(value)))}"`
  )
    .join("");
}
