/**
 * Finds idle connections that ended before the time that their own answer announced.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import { formatHow } from "../lab/format_end.ts";
import type { FindingOf, FindingRule } from "./finding_rule.ts";
import { type IdleSampleFacts, keptSamples } from "./idle_samples.ts";

/** Tolerance in seconds: a server may count an announced timeout from an earlier moment. */
const TOLERANCE = 0.3;

/** A sample that ended before its announced time. */
type Broken = IdleSampleFacts & Required<Pick<IdleSampleFacts, "seconds" | "announced">>;

/** Compares the announced `Keep-Alive: timeout` of each connection with its actual life. */
export const EARLY_CLOSE: FindingRule<"keep-alive-lie"> = { codes: ["keep-alive-lie"], find: findEarlyClose };

function findEarlyClose(idle: ExperimentReport): FindingOf<"keep-alive-lie"> | undefined {
  const samples = keptSamples(idle);
  const broken = samples.filter(closedEarly);
  const [worst] = broken.sort((a, b) => a.seconds / a.announced - b.seconds / b.announced);
  if (!worst) return undefined;
  const { seconds, announced, how } = worst;
  const some = broken.length < samples.length
    ? `, on ${broken.length} of ${samples.length} connections${formatWho(worst)}`
    : "";
  return {
    code: "keep-alive-lie",
    severity: "problem",
    experiment: "idle-timeout",
    message: `announces Keep-Alive: timeout=${announced}, and closes an idle connection (${
      formatHow(how ?? "", worst)
    }) after ${seconds} s${some}`,
    advice:
      `announce no more than the server keeps: clients reuse the connection for up to ${announced} s and lose requests`,
  };
}

function closedEarly(sample: IdleSampleFacts): sample is Broken {
  const { seconds, announced, answerMs = 0 } = sample;
  if (seconds === undefined || announced === undefined) return false;
  // The answer may have travelled for all the time that it took, for instance if a packet was lost.
  return seconds + answerMs / 1000 < announced - TOLERANCE;
}

function formatWho({ address, answeredBy = [] }: IdleSampleFacts): string {
  return answeredBy.length === 0 ? ` (${address})` : ` (${answeredBy.join(", ")} at ${address})`;
}
