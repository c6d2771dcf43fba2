/**
 * Finds the options of a probe that its expectations depend on.
 *
 * @module
 */

import { type Expectation, partsOf } from "./parse_expectation.ts";

/** Tells if an expectation needs `body.text`; the probe then needs the option `keepText`. */
export function needsText(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "text");
}

/** Tells if an expectation needs `body.sha256`; the probe then needs the option `keepSha256`. */
export function needsSha256(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "sha256");
}
