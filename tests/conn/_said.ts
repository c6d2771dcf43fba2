/**
 * Checks the profile of a server against the row of a table.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ProfileOptions } from "../../lib/conn/options.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ConnectionProfile } from "../../lib/result.ts";
import { type Conduct, startLiar } from "./_liar.ts";

/** A server, and the expected profile of it. */
export interface SaidRow {
  readonly server: string;
  readonly conduct: Conduct;
  readonly options: ProfileOptions;
  /** Outcome, and a part of the summary. */
  readonly says: Readonly<Record<string, readonly [outcome: string, part: string]>>;
  readonly findings?: readonly string[];
  readonly facts?: (profile: ConnectionProfile) => void;
}

/** Examines the server of a row. */
export async function checkSaid({ conduct, options, says, findings, facts }: SaidRow): Promise<void> {
  await using liar = await startLiar(conduct);
  const profile = await profileConnection(liar.url, { maxTime: 4_000, ...options });
  for (const [name, [outcome, part]] of Object.entries(says)) {
    const report = profile.experiments[name];
    assert(report, `${name}: ${JSON.stringify(profile, undefined, 1)}`);
    assertEquals(report.outcome, outcome, JSON.stringify(report, undefined, 1));
    assertStringIncludes(report.summary, part);
  }
  if (findings) assertEquals(profile.findings.map(({ code }) => code), findings);
  facts?.(profile);
  assert(liar.counts.most <= 4, `${liar.counts.most} connections at once`);
}

/** Reads a fact that an experiment found. */
export function fact(profile: ConnectionProfile, experiment: string, name: string): unknown {
  return profile.experiments[experiment]?.facts[name];
}
