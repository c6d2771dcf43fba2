/**
 * Compares the server's idle timeout with that of the load balancer or proxy in front of it.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import type { Front } from "../front.ts";
import type { FindingOf, FindingRule } from "./finding_rule.ts";
import { type IdleSampleFacts, keptSamples } from "./idle_samples.ts";
import { adviseSetting } from "./setting_advice.ts";

/** Seconds by which a server should outlast its front: for the network, and for coarse clocks. */
const SAFE_MARGIN = 5;
/** Below this margin, in seconds, the two timeouts may still collide. */
const THIN_MARGIN = 1;

const IDLE_CODES = [
  "flow-forgotten",
  "idle-longer-than-proxy",
  "idle-shorter-than-proxy",
  "idle-unknown",
  "idle-within-flow",
] as const;

type IdleCode = typeof IDLE_CODES[number];
type IdleFinding = FindingOf<IdleCode>;

/** Compares the measured idle timeout with that of the front. */
export const IDLE_PROBLEM: FindingRule<IdleCode> = { codes: IDLE_CODES, find: findIdleProblem };

function findIdleProblem(idle: ExperimentReport, front: Front | undefined): IdleFinding | undefined {
  if (!front || (idle.outcome !== "closes" && idle.outcome !== "outlives")) return undefined;
  const sample = decidingSample(idle);
  if (front.passesThrough) return findForgottenFlow(idle.facts, front, sample);
  const frontSeconds = front.idle / 1000;
  const keeps = `${front.name} keeps idle connections for ${frontSeconds} s${
    front.source ? ` (${front.source})` : ""
  }`;
  const { seconds, atLeast } = idle.facts;
  if (typeof seconds === "number") {
    return judgeTimeout(seconds, { sweep: idle.facts.sweep === true, frontSeconds, keeps, sample });
  }
  if (typeof atLeast !== "number") return undefined;
  if (atLeast <= frontSeconds) return watchedTooShort(atLeast, frontSeconds, keeps);
  const margin = round(atLeast - frontSeconds);
  return {
    code: "idle-longer-than-proxy",
    severity: "info",
    experiment: "idle-timeout",
    message:
      `the server keeps idle connections for at least ${atLeast} s, ${keeps}: the front closes first, by at least ${margin} s`,
    advice: "nothing to do",
  };
}

/** The connection that the advice refers to: the one that ended first, or any one if none has ended. */
function decidingSample(idle: ExperimentReport): IdleSampleFacts | undefined {
  const samples = keptSamples(idle);
  return samples.find(({ seconds }) => seconds !== undefined && seconds === idle.facts.seconds) ?? samples[0];
}

/** The two sides that {@linkcode judgeTimeout} compares. */
interface Comparison {
  /** The server checks idle connections only at intervals. */
  readonly sweep: boolean;
  readonly frontSeconds: number;
  /** How long the front keeps idle connections, in words. */
  readonly keeps: string;
  readonly sample: IdleSampleFacts | undefined;
}

/** Judges a server that closed idle connections during the watch. */
function judgeTimeout(seconds: number, { sweep, frontSeconds, keeps, sample }: Comparison): IdleFinding {
  const margin = round(seconds - frontSeconds);
  const wanted = Math.ceil(frontSeconds + SAFE_MARGIN);
  const set = `set the server's idle timeout to ${wanted} s or more`;
  const how = adviseSetting(sample, wanted);
  const lower = Math.floor(seconds - THIN_MARGIN);
  const advice = `${set}${lower > 0 ? `, or the front's to ${lower} s or less` : ""}${how}`;
  if (margin < 0) {
    return {
      code: "idle-shorter-than-proxy",
      severity: "problem",
      experiment: "idle-timeout",
      message:
        `the server closes idle connections after ${seconds} s, ${keeps}: the server closes first, by ${-margin} s, and a request on its way at that moment is lost (502)`,
      advice,
    };
  }
  if (sweep) {
    return {
      code: "idle-unknown",
      severity: "warning",
      experiment: "idle-timeout",
      message:
        `the server looks at idle connections now and then only, and closed some after ${seconds} s, ${keeps}: another one may be closed sooner than that, so the run did not see which of them closes first`,
      advice: `look into the server's settings for its idle timeout, and ${set}${how}`,
    };
  }
  const thin = margin < THIN_MARGIN;
  return {
    code: thin ? "idle-shorter-than-proxy" : "idle-longer-than-proxy",
    severity: thin ? "warning" : "info",
    experiment: "idle-timeout",
    message: `the server closes idle connections after ${seconds} s, ${keeps}: the front closes first, ${
      thin ? "but only " : ""
    }by ${margin} s`,
    advice: thin ? advice : "nothing to do",
  };
}

/**
 * Judges a balancer that passes connections through. It closes none, so the question is whether it forgets one in use.
 */
function findForgottenFlow(
  { seconds, atLeast }: ExperimentReport["facts"],
  front: Front,
  sample: IdleSampleFacts | undefined,
): IdleFinding {
  const frontSeconds = front.idle / 1000;
  const forgets = `${front.name} forgets a connection after ${frontSeconds} s of silence${
    front.source ? ` (${front.source})` : ""
  }`;
  if (typeof seconds === "number" && seconds < frontSeconds) {
    return {
      code: "idle-within-flow",
      severity: "info",
      experiment: "idle-timeout",
      message:
        `the server closes idle connections after ${seconds} s, ${forgets}: the end reaches whoever stands before the balancer`,
      advice:
        "nothing to do here; a client that keeps connections through the balancer has to drop them before the server does; check that with --behind and the client's idle timeout",
    };
  }
  const least = typeof seconds === "number" ? seconds : Number(atLeast);
  if (typeof seconds !== "number" && least <= frontSeconds) {
    return watchedTooShort(least, frontSeconds, forgets);
  }
  const below = Math.floor(frontSeconds - SAFE_MARGIN);
  return {
    code: "flow-forgotten",
    severity: "warning",
    experiment: "idle-timeout",
    message: `the server keeps idle connections for ${least} s${
      seconds === undefined ? " and more" : ""
    }, ${forgets}: neither side is told, and a request on such a connection is lost`,
    advice:
      `set the server's idle timeout to ${below} s or less, or let TCP keep-alive probes run more often than that${
        adviseSetting(sample, below)
      }`,
  };
}

function watchedTooShort(atLeast: number, frontSeconds: number, keeps: string): IdleFinding {
  return {
    code: "idle-unknown",
    severity: "warning",
    experiment: "idle-timeout",
    message:
      `an idle connection was still open after ${atLeast} s, ${keeps}: so the run did not see which of them closes first`,
    advice: `watch longer: --idle-limit ${Math.ceil(frontSeconds + SAFE_MARGIN)}s`,
  };
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
