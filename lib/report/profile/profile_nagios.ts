/**
 * Connection profiles as the output of a monitoring plugin.
 *
 * @module
 */

import { formatSeconds } from "../../text/duration.ts";
import type { ConnectionProfile } from "../../result.ts";
import type { Formatter } from "../formatter.ts";
import { describeBrokenCheck } from "../describe_check.ts";
import { NAGIOS_STATES, type NagiosCode, worseOf } from "../nagios/nagios_state.ts";
import { escapeNagios } from "../../text/escape/nagios.ts";

/**
 * The state of a profile: an expectation that does not hold is CRITICAL. Without expectations, findings that are
 * problems or warnings make it WARNING.
 */
export function profileNagiosCode({ ok, error, checks, findings }: ConnectionProfile): NagiosCode {
  if (error !== undefined) return error.by === "local" ? 3 : 2;
  if (!ok) return 2;
  return checks.length === 0 && findings.some(({ severity }) => severity !== "info") ? 1 : 0;
}

/** Formats one profile as one line, without a line feed. */
export function formatProfileNagios(profile: ConnectionProfile): string {
  return `CONN ${NAGIOS_STATES[profileNagiosCode(profile)]} - ${describe(profile)} | ${
    performanceData(profile)
  }`;
}

/** Formats a line for each profile, and gives the exit code for all of them. */
export class ProfileNagiosFormatter implements Formatter<ConnectionProfile> {
  #worst: NagiosCode = 0;

  /** Exit code for all profiles so far. */
  get code(): NagiosCode {
    return this.#worst;
  }

  /** Gives no text. */
  begin(): string {
    return "";
  }

  /** Formats the line of a profile. */
  row(profile: ConnectionProfile): string {
    const code = profileNagiosCode(profile);
    this.#worst = worseOf(code, this.#worst);
    return `${formatProfileNagios(profile)}\n`;
  }

  /** Gives no text. */
  end(): string {
    return "";
  }
}

function describe({ input, error, checks, findings, experiments }: ConnectionProfile): string {
  if (error !== undefined) {
    return escapeNagios(`${input}: ${error.kind} in ${error.phase}: ${error.message}`);
  }
  const broken = checks.filter(({ ok }) => !ok).map(describeBrokenCheck);
  const found = findings.filter(({ severity }) => severity !== "info").map(({ message }) => message);
  const outcomes = Object.entries(experiments).map(([name, { outcome }]) => `${name} ${outcome}`);
  const [shown] = [broken, checks.length === 0 ? found : [], outcomes].filter((texts) => texts.length > 0);
  return escapeNagios(`${input}: ${(shown ?? []).join(", ")}`);
}

/** Formats the figures that were measured. */
function performanceData({ experiments }: ConnectionProfile): string {
  const idle = experiments["idle-timeout"]?.facts["seconds"];
  const requests = experiments["max-requests"]?.facts;
  const ms = Object.values(experiments).reduce((sum, { ms }) => sum + ms, 0);
  return [
    `time=${formatSeconds(ms)}s;;;0`,
    ...(typeof idle === "number" ? [`idle=${idle}s;;;0`] : []),
    ...(typeof requests?.["requests"] === "number" && requests["atLeast"] === undefined
      ? [`requests=${requests["requests"]};;;0`]
      : []),
  ].join(" ");
}
