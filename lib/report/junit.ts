/**
 * Results as JUnit XML, for CI systems: a test suite for each target, a test case for its answer and one for each
 * expectation.
 *
 * @module
 */

import { formatSeconds } from "../text/duration.ts";
import type { Check, ConnectionProfile, ProbeError, ProbeResult } from "../result.ts";
import { describeActual } from "./describe_check.ts";
import { escapeMessage } from "../text/escape/text.ts";
import { escapeXml } from "../text/escape/xml.ts";
import { formatDocument, type Formatter } from "./formatter.ts";

/** The parts of a result or a profile that make a test suite. */
interface Subject {
  readonly input: string;
  /** Name to show in place of the input. */
  readonly tag?: string;
  readonly url: string;
  readonly startedAt: string;
  readonly error?: ProbeError;
  readonly checks: readonly Check[];
}

interface TestCase {
  readonly name: string;
  /**
   * `failure`: the expectation does not hold, or the target failed. `error`: a local fault prevented the
   * measurement.
   */
  readonly verdict?:
    | { readonly tag: "failure" | "error"; readonly type: string; readonly message: string }
    | undefined;
}

const BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sonde">\n';
const END = "</testsuites>\n";

/** A JUnit document of results, one test suite for each. */
export class JunitFormatter implements Formatter {
  /** Begins the document. */
  begin(): string {
    return BEGINNING;
  }

  /** Formats the test suite of a result. */
  row(result: ProbeResult): string {
    return formatSuite(result, `${result.method} ${result.url}`, result.timings.total);
  }

  /** Ends the document. */
  end(): string {
    return END;
  }
}

/** A JUnit document of connection profiles, one test suite for each. */
export class ProfileJunitFormatter implements Formatter<ConnectionProfile> {
  /** Begins the document. */
  begin(): string {
    return BEGINNING;
  }

  /** Formats the test suite of a connection profile. */
  row(profile: ConnectionProfile): string {
    const ms = Object.values(profile.experiments).reduce((sum, { ms }) => sum + ms, 0);
    return formatSuite(profile, `connections of ${profile.url}`, ms);
  }

  /** Ends the document. */
  end(): string {
    return END;
  }
}

/**
 * Formats results as JUnit XML. An expectation that does not hold and a target that failed are a `failure`. A
 * measurement that a local fault prevented is an `error`.
 *
 * @returns The text of the whole file
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatJunit } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const xml = formatJunit([await probe(`http://127.0.0.1:${server.addr.port}/`)]);
 * assert(xml.includes('tests="1" failures="0" errors="0"'));
 * ```
 */
export function formatJunit(results: Iterable<ProbeResult>): string {
  return formatDocument(new JunitFormatter(), results);
}

/** Formats connection profiles as JUnit XML, as {@linkcode formatJunit} does for results. */
export function formatProfileJunit(profiles: Iterable<ConnectionProfile>): string {
  return formatDocument(new ProfileJunitFormatter(), profiles);
}

function formatSuite(subject: Subject, answer: string, ms: number): string {
  const { tag, input } = subject;
  const answered: TestCase = {
    name: answer,
    verdict: subject.error && errorVerdict(subject.error),
  };
  // Many readers show cases without their suite, and treat cases with the same class and name as one.
  const cases = [answered, ...subject.checks.map((check) => checkCase(check, subject.error))]
    .map((testCase) => tag === undefined ? testCase : { ...testCase, name: `${tag}: ${testCase.name}` });
  // A check without a name uses its URL as the name, which is already there.
  if (tag === input) cases[0] = answered;
  const count = (tag: "failure" | "error"): number =>
    cases.filter(({ verdict }) => verdict?.tag === tag).length;
  // This does not use the URL parser, which rejects some names that a resolver accepts.
  const host = /^[a-z]+:\/\/([^/?#]+)/.exec(subject.url)?.[1] ?? input;
  const attributes = formatAttributes({
    name: tag ?? input,
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: 0,
    time: formatSeconds(ms),
    timestamp: subject.startedAt.replace(/\.\d+Z$/, ""),
    hostname: host,
  });
  const lines = cases.map((testCase, index) => formatCase(testCase, host, index === 0 ? ms : 0));
  return `  <testsuite${attributes}>\n${lines.join("")}  </testsuite>\n`;
}

function errorVerdict({ kind, phase, by, message }: ProbeError): NonNullable<TestCase["verdict"]> {
  const type = `${kind} in ${phase}, by ${by}`;
  return { tag: by === "local" ? "error" : "failure", type, message };
}

/** If a local fault prevented the measurement, an expectation is an error, not a failure. */
function checkCase(check: Check, error: ProbeError | undefined): TestCase {
  const { expect, ok, actual } = check;
  if (ok) return { name: expect };
  const unmeasured = actual === undefined && error?.by === "local";
  const found = describeActual(check);
  return {
    name: expect,
    verdict: { tag: unmeasured ? "error" : "failure", type: "expectation", message: found },
  };
}

function formatCase({ name, verdict }: TestCase, classname: string, ms: number): string {
  const attributes = formatAttributes({ classname, name, time: formatSeconds(ms) });
  if (verdict === undefined) return `    <testcase${attributes}/>\n`;
  const { tag, type, message } = verdict;
  return `    <testcase${attributes}>\n` +
    `      <${tag}${formatAttributes({ type, message })}/>\n` +
    "    </testcase>\n";
}

function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes).map(([name, value]) =>
    ` ${name}="${escapeXml(escapeMessage(String(value)))}"`
  )
    .join("");
}
