/**
 * Leaves out experiments that were answered by different servers behind one address.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport } from "../../result.ts";

/**
 * Keeps the experiments that the same servers answered in both profiles. If unlike servers share one address,
 * chance may choose between them, and the finding `backends-differ` already reports that.
 */
export function withSameServers(
  before: ConnectionProfile,
  after: ConnectionProfile,
): [ConnectionProfile, ConnectionProfile] {
  const other = new Set(
    Object.entries(before.experiments)
      .filter(([name, report]) => mayDiffer(report, after.experiments[name]))
      .map(([name]) => name),
  );
  const keep = (profile: ConnectionProfile): ConnectionProfile => ({
    ...profile,
    experiments: Object.fromEntries(Object.entries(profile.experiments).filter(([name]) => !other.has(name))),
    findings: profile.findings.filter(({ code, experiment }) =>
      code === "backends-differ" || !other.has(experiment)
    ),
  });
  return [keep(before), keep(after)];
}

function mayDiffer(before: ExperimentReport, after: ExperimentReport | undefined): boolean {
  const [old, young] = [answeredOf(before), answeredOf(after)];
  if (old === undefined || young === undefined) return false;
  return old.length === 0 || old.length !== young.length ||
    old.some((label, index) => label !== young[index]);
}

/** Lists the servers that answered, or gives `undefined` if all of them looked alike. */
function answeredOf(report: ExperimentReport | undefined): readonly unknown[] | undefined {
  const backends = report?.facts["backends"];
  if (typeof backends !== "object" || backends === null || !("answered" in backends)) return undefined;
  return Array.isArray(backends.answered) ? backends.answered : undefined;
}
