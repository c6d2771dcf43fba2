/**
 * Finds idle connections that ended before the time that their own answer announced.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import { formatHow } from "../lab/format_end.ts";
import type { FindingOf, FindingRule } from "./finding_rule.ts";
import { type IdleSampleFacts, keptSamples } from "./idle_samples.ts";

/** A server may count an announced timeout from an earlier moment; in seconds. */
const TOLERANCE = 0.3;

/** A sample that ended before the time that it announced. */
type Broken = IdleSampleFacts & Required<Pick<IdleSampleFacts, "seconds" | "announced">>;

/** Holds the announced `Keep-Alive: timeout` of each connection against the time that this connection lived. */
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
  // The answer may have been on its way for all the time that it took, as when a packet was lost.
  return seconds + answerMs / 1000 < announced - TOLERANCE;
}

function formatWho({ address, answeredBy = [] }: IdleSampleFacts): string {
  return answeredBy.length === 0 ? ` (${address})` : ` (${answeredBy.join(", ")} at ${address})`;
}
