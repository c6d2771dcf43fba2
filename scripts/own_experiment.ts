/**
 * Adds an experiment of its own: does the server refuse an unknown method, and does it keep the connection?
 *
 *     deno run --allow-net scripts/own_experiment.ts http://127.0.0.1:8080/
 *
 * @module
 */

import { type CustomExperiment, profileConnection } from "../lib/conn.ts";
import { formatProfile } from "../lib/report.ts";

const UNKNOWN_METHOD: CustomExperiment<"kept" | "closed" | "accepted"> = {
  name: "unknown-method",
  question: "Does the server refuse an unknown method, and does it keep the connection?",
  sends: "one request with the method SONDE, followed by a GET on the same connection",
  outcomes: {
    kept: "the server refuses the method and keeps the connection",
    closed: "the server refuses the method and closes, so each such request costs a connection",
    accepted: {
      means: "the server answers an unknown method as if it were a known one",
      finding: {
        code: "unknown-method-accepted",
        severity: "warning",
        advice: "answer with 501, or with 405 for a method that the resource lacks (RFC 9110 §9.1)",
      },
    },
  },
  answers: () => 2,
  async run(lab) {
    await using connection = await lab.open();
    const request = lab.subject.request({ method: "SONDE" });
    const { response: { status } } = await lab.mustAsk(connection, request);
    if (status < 400) return { outcome: "accepted", summary: `answered with ${status}`, facts: { status } };
    const kept = await connection.ready() &&
      (await connection.ask(lab.subject.request(), lab.settings.answerTime)).type === "answered";
    return {
      outcome: kept ? "kept" : "closed",
      summary: `refused with ${status}, then ${kept ? "the server answered a GET" : "the connection ended"}`,
      facts: { status, kept },
    };
  },
};

if (import.meta.main) {
  const [url] = Deno.args;
  if (url === undefined) {
    console.error("Usage: own_experiment.ts URL");
    Deno.exit(2);
  }
  const profile = await profileConnection(url, {
    experiments: [UNKNOWN_METHOD],
    only: ["keep-alive", UNKNOWN_METHOD.name],
  });
  console.log(formatProfile(profile));
  Deno.exit(profile.ok && profile.findings.length === 0 ? 0 : 1);
}
