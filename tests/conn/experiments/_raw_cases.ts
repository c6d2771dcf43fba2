/**
 * Checks single cases of the experiments that send malformed requests.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { RawVerdict } from "../../../lib/conn/experiments/raw_case.ts";
import type { ConnectionProfile } from "../../../lib/result.ts";

/** Compares the report of an experiment on one case with the expected one. */
export function assertCase(
  profile: ConnectionProfile,
  experiment: string,
  name: string,
  then: RawVerdict["then"],
  keepsRule: boolean | null,
): void {
  const cases = profile.experiments[experiment]?.facts["cases"] as Record<string, RawVerdict>;
  assertEquals([cases[name]?.then, cases[name]?.keepsRule], [then, keepsRule]);
}
