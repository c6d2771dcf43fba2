/**
 * Experiment `leniency`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import { lenienceCases } from "./lenience_cases.ts";
import {
  bentCases,
  formatUntold,
  formatVerdict,
  planRawCases,
  rawCaseAnswers,
  type RawVerdict,
  runRawCases,
} from "./raw_case.ts";

type Outcome = "strict" | "lenient";

/** Sends malformed and unusual requests. */
export const LENIENCY: Experiment<Outcome> = {
  name: "leniency",
  question: "Which malformed requests does the server accept, and which valid ones does it refuse?",
  sends: "17 malformed or unusual GETs, each on its own connection",
  choice: "intrusive",
  outcomes: {
    strict: "the server refuses what it must refuse, and accepts what it must accept",
    lenient: "the server accepts requests that it must refuse, or refuses some that it must accept",
  },
  connections: () => 1,
  answers: () => rawCaseAnswers(17),
  atMost: () => 17 * 3_150,
  plan: (subject) => planRawCases(subject, lenienceCases(subject)),
  run: runLeniency,
};

async function runLeniency(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  return judge(await runRawCases(lab, lenienceCases(lab.subject)));
}

function judge(verdicts: Record<string, RawVerdict>): ExperimentVerdict<Outcome> {
  const bent = bentCases(verdicts);
  const untold = formatUntold(verdicts);
  const facts = { cases: verdicts };
  if (bent.length === 0 && untold !== "") {
    return { outcome: "unknown", summary: `could not tell: ${untold}`, facts };
  }
  const hanging = Object.entries(verdicts).flatMap(([name, { then, keepsRule }]) =>
    then === "hang" && keepsRule ? [name] : []
  );
  const words = [
    ...bent.map(([name, verdict]) => `${name}: ${formatVerdict(verdict)}`),
    ...(untold === "" ? [] : [untold]),
  ].join("; ");
  const hangs = hanging.length > 0 ? `; left hanging: ${hanging.join(", ")}` : "";
  return bent.length === 0
    ? {
      outcome: "strict",
      summary: `all of ${formatQuantity(Object.keys(verdicts).length, "case")} as the rules have it${hangs}`,
      facts,
    }
    : { outcome: "lenient", summary: `${words}${hangs}`, facts };
}
