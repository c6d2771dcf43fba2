import type { ConnectionProfile } from "../../../lib/result.ts";

/** A profile with a finding; everything can be changed. */
export function sampleProfile(changes: Partial<ConnectionProfile> = {}): ConnectionProfile {
  const experiment = (outcome: string, summary: string, facts: Record<string, unknown>) => ({
    outcome,
    summary,
    facts,
    evidence: [],
    ms: 1500,
  });
  return {
    schema: 1,
    input: "a.test",
    url: "http://a.test/",
    startedAt: "2026-03-01T12:00:00.000Z",
    ok: true,
    experiments: {
      "keep-alive": experiment("yes", "3 of 3 requests on one connection", {}),
      "idle-timeout": experiment("closed", "closed after 60.2 s | FIN", { seconds: 60.2, announced: 75 }),
      "max-requests": experiment("open", "open after 1,000 requests", { requests: 1000, atLeast: 1000 }),
    },
    findings: [{
      code: "idle-too-short",
      severity: "problem",
      experiment: "idle-timeout",
      message: "closes before the proxy does",
      advice: "raise it <b>",
    }],
    checks: [],
    ...changes,
  };
}
