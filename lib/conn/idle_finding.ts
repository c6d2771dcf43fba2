/**
 * Who closes an idle connection first, the server or what stands in front of it.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../result.ts";
import { SERVER_SETTINGS } from "./known_timeouts.ts";
import type { Front } from "./options.ts";

/** Seconds by which a server should outlive what stands in front of it: for the way, and for clocks that tick coarsely. */
const SAFE_MARGIN = 5;
/** Below this margin, in seconds, the two may still meet. */
const THIN_MARGIN = 1;

/** Compares the measured idle timeout with that of the front. */
export function findIdleProblem(
  { "idle-timeout": idle }: Readonly<Record<string, ExperimentReport>>,
  front: Front | undefined,
): Finding | undefined {
  if (!idle || !front || (idle.outcome !== "closes" && idle.outcome !== "outlives")) return undefined;
  const { seconds, atLeast, answeredBy } = idle.facts;
  const frontSeconds = front.idle / 1000;
  const keeps = `${front.name} keeps idle connections for ${frontSeconds} s${
    front.source ? ` (${front.source})` : ""
  }`;
  if (typeof seconds !== "number") {
    if (typeof atLeast !== "number") return undefined;
    if (atLeast <= frontSeconds) {
      return {
        code: "idle-unknown",
        severity: "warning",
        experiment: "idle-timeout",
        message:
          `an idle connection was still open after ${atLeast} s, ${keeps}: which of them closes first was not seen`,
        advice: `watch for longer than that: --idle-limit ${Math.ceil(frontSeconds + SAFE_MARGIN)}s`,
      };
    }
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
  const margin = round(seconds - frontSeconds);
  const set = `set the server's idle timeout to ${Math.ceil(frontSeconds + SAFE_MARGIN)} s or more`;
  const how = settingFor(answeredBy, Math.ceil(frontSeconds + SAFE_MARGIN));
  const advice = `${set}${how}, or the front's below ${round(seconds)} s`;
  if (margin < 0) {
    return {
      code: "idle-shorter-than-proxy",
      severity: "problem",
      experiment: "idle-timeout",
      message:
        `the server closes idle connections after ${seconds} s, ${keeps}: the server closes first, by ${-margin} s, and a request that is on its way then is lost (502)`,
      advice,
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

function settingFor(answeredBy: unknown, seconds: number): string {
  const servers = Array.isArray(answeredBy) ? answeredBy.map(String) : [];
  for (const { server, write, source } of SERVER_SETTINGS) {
    if (servers.some((name) => server.test(name))) return ` (${write(seconds)} – ${source})`;
  }
  return "";
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
