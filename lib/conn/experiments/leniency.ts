/**
 * Experiment `leniency`.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import type { Experiment, Verdict } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import { sayCount } from "../lab/say.ts";
import { lenienceCases } from "./lenience_cases.ts";
import { type RawVerdict, runRawCase, sayVerdict } from "./raw_case.ts";

type Outcome = "strict" | "lenient";

/** How a server takes requests that are not as the grammar has them. */
export const LENIENCY: Experiment<Outcome> = {
  name: "leniency",
  question: "What does the server make of requests that bend the grammar?",
  sends: "some fifteen malformed GETs, each on a connection of its own",
  choice: "intrusive",
  outcomes: {
    strict: "whatever has to be refused is refused, and what has to be taken is taken",
    lenient: "the server takes requests that it has to refuse, or refuses what it has to take",
  },
  connections: () => 1,
  atMost: () => 16 * 3_150,
  plan: (subject) =>
    lenienceCases(subject).map(({ name, text, rule }) => ({
      note: `${name} (${rule})`,
      bytes: encodeLatin1(text),
    })),
  run: runLeniency,
};

async function runLeniency(lab: Lab): Promise<Verdict<Outcome>> {
  const verdicts: Record<string, RawVerdict> = {};
  for (const raw of lenienceCases(lab.subject)) verdicts[raw.name] = await runRawCase(lab, raw);
  return judge(verdicts);
}

function judge(verdicts: Record<string, RawVerdict>): Verdict<Outcome> {
  const bent = Object.entries(verdicts).filter(([, { keepsRule }]) => !keepsRule);
  const hanging = Object.entries(verdicts).filter(([, { then }]) => then === "hang").map(([name]) => name);
  const words = bent.map(([name, verdict]) => `${name}: ${sayVerdict(verdict)}`).join("; ");
  const hangs = hanging.length > 0 ? `; left hanging: ${hanging.join(", ")}` : "";
  return bent.length === 0
    ? {
      outcome: "strict",
      summary: `all of ${sayCount(Object.keys(verdicts).length, "case")} as the rules have it${hangs}`,
      facts: { cases: verdicts },
    }
    : { outcome: "lenient", summary: `${words}${hangs}`, facts: { cases: verdicts } };
}
