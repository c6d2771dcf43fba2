/**
 * Results as JUnit XML, for CI systems: a test suite for each target, a test case for its answer and one for each
 * expectation.
 *
 * @module
 */

import { chainStart, chainTotal } from "../redirect_chain.ts";
import { formatSeconds } from "../text/duration.ts";
import type { Check, ConnectionProfile, ProbeError, ProbeResult } from "../result.ts";
import type { CheckOutcome } from "./check_outcome.ts";
import { formatDocument, type Formatter, type RowOptions } from "./formatter.ts";
import { formatProperties, judgeCases } from "./junit/check_cases.ts";
import { checkCase, errorVerdict, formatAttributes, formatCase, type TestCase } from "./junit/test_case.ts";

/** The parts of a result or a profile that make a test suite. */
interface Subject {
  readonly input: string;
  /** Name to show in place of the input. */
  readonly tag?: string;
  readonly url: string;
  readonly startedAt: string;
  readonly error?: ProbeError;
  readonly checks: readonly Check[];
  /** Outcome of the check to which the result belongs. */
  readonly check?: CheckOutcome | undefined;
}

const BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sonde">\n';
const END = "</testsuites>\n";

/** A JUnit document of results, one test suite for each. */
export class JunitFormatter implements Formatter {
  /** Begins the document. */
  begin(): string {
    return BEGINNING;
  }

  /** Formats the test suite of a result; with its check, the verdict is that of the check. */
  row(result: ProbeResult, { check }: RowOptions = {}): string {
    return formatSuite(
      { ...result, startedAt: chainStart(result), check },
      `${result.method} ${result.url}`,
      chainTotal(result),
    );
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
  const { tag, input, check } = subject;
  const cases = casesOf(subject, answer);
  const count = (tag: "failure" | "error" | "skipped"): number =>
    cases.filter(({ verdict }) => verdict?.tag === tag).length;
  // This does not use the URL parser, which rejects some names that a resolver accepts.
  const host = /^[a-z]+:\/\/([^/?#]+)/.exec(subject.url)?.[1] ?? input;
  const attributes = formatAttributes({
    name: tag ?? input,
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: formatSeconds(ms),
    timestamp: subject.startedAt.replace(/\.\d+Z$/, ""),
    hostname: host,
  });
  const properties = check === undefined ? "" : formatProperties(check);
  const lines = cases.map((testCase, index) => formatCase(testCase, host, index === 0 ? ms : 0));
  return `  <testsuite${attributes}>\n${properties}${lines.join("")}  </testsuite>\n`;
}

function casesOf({ tag, input, error, checks, check }: Subject, answer: string): TestCase[] {
  const answered: TestCase = { name: answer, verdict: error && errorVerdict(error) };
  const measured = [answered, ...checks.map((it) => checkCase(it, error))] as const;
  const cases = check === undefined ? [...measured] : judgeCases(measured, check);
  // Many readers show cases without their suite, and treat cases with the same class and name as one. A check without
  // a name uses its URL as the name, which the first case has already.
  return cases.map((it, index) =>
    tag === undefined || index === 0 && tag === input ? it : { ...it, name: `${tag}: ${it.name}` }
  );
}
