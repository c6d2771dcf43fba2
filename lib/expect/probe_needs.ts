/**
 * Finds the options of a probe that its expectations depend on.
 *
 * @module
 */

import { type Expectation, partsOf } from "./parse_expectation.ts";
import { parsePath } from "./path.ts";

/** Tells if an expectation needs `body.text`; the probe then needs the option `keepText`. */
export function needsText(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "text");
}

/**
 * Matches the names of facts that are known only once the content was read. The framing and the names of the codings
 * stand in the head.
 */
const AFTER_HEAD =
  /^(?:redirects\[[^\]]*\]\.)?(?:body(?!\.framing$|\.coding$|\.coding\.names|\.coding\.transfer)|json|trailer|timings\.receive|connection\.end|connection\.surplusBytes)\b/;

/** Finds the fact of an expectation if it is known only once the content was read; gives its name. */
export function factAfterHead({ text }: Expectation): string | undefined {
  const start = /^\s*(?:not\s+|!\s*)?/.exec(text)![0].length;
  const name = text.slice(start, parsePath(text, start).end);
  return AFTER_HEAD.test(name) ? name : undefined;
}

/** Tells if an expectation needs `body.sha256`; the probe then needs the option `keepSha256`. */
export function needsSha256(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "sha256");
}
