/**
 * Results as the output of a monitoring plugin (Nagios, Icinga, Naemon): one line with performance data, and
 * an exit code for the state.
 *
 * @module
 */

import { chainTotal } from "../redirect_chain.ts";
import type { ProbeResult } from "../result.ts";
import { formatDuration } from "../text/duration.ts";
import { escapeNagios } from "../text/escape/nagios.ts";
import { type CheckOutcome, describeEndingCertificate, describeWarnings } from "./check_outcome.ts";
import { describeBrokenCheck } from "./describe_check.ts";
import type { Formatter, RowOptions } from "./formatter.ts";
import {
  checkNagiosCode,
  NAGIOS_STATES,
  type NagiosCode,
  nagiosCode,
  worseOf,
} from "./nagios/nagios_state.ts";
import { performanceData } from "./nagios/performance_data.ts";

export { type NagiosCode, nagiosCode };

/** Largest number of failed targets that the output names; the worst ones. */
const MOST_NAMED = 20;

/** A target that is not OK. */
interface Named {
  readonly code: NagiosCode;
  readonly line: string;
  /** The check, if the target belongs to one. */
  readonly check: CheckOutcome | undefined;
}

/** Formats one result as one line, several as a summary with a line for each that is not OK. */
export class NagiosFormatter implements Formatter {
  #worst: NagiosCode = 0;
  #count = 0;
  #bad = 0;
  #last: readonly [result: ProbeResult, check: CheckOutcome | undefined] | undefined;
  /** The worst targets, in their order. */
  readonly #named: Named[] = [];
  /** The first checks in maintenance, which count as OK. */
  readonly #paused: string[] = [];

  /** Exit code for all results so far. */
  get code(): NagiosCode {
    return this.#count === 0 ? 3 : this.#worst;
  }

  /** Gives no text: `end()` gives all of it. */
  begin(): string {
    return "";
  }

  /** Remembers a result; with its check, the state is that of the check. */
  row(result: ProbeResult, { check }: RowOptions = {}): string {
    const code = codeOf(result, check);
    this.#count++;
    this.#last = [result, check];
    this.#worst = worseOf(code, this.#worst);
    if (check?.excluded !== undefined && this.#paused.length < MOST_NAMED) this.#paused.push(check.name);
    if (code === 0) return "";
    this.#bad++;
    const line = `${escapeNagios(nameOf(result))}: ${NAGIOS_STATES[code]} - ${describe(result, check)}\n`;
    this.#named.push({ code, line, check });
    if (this.#named.length > MOST_NAMED) this.#named.splice(this.#leastBad(), 1);
    return "";
  }

  /** Formats the whole output. */
  end(): string {
    if (this.#last === undefined) return formatNagiosUnknown("nothing was probed");
    if (this.#count === 1) return `${formatLine(...this.#last)}\n`;
    const state = NAGIOS_STATES[this.#worst];
    const good = this.#count - this.#bad;
    const rest = this.#bad > MOST_NAMED ? `and ${this.#bad - MOST_NAMED} more\n` : "";
    return `HTTP ${state} - ${good} of ${this.#count} ok${this.#nameChecks()} | ok=${good};;;0;${this.#count}\n` +
      this.#named.map(({ line }) => line).join("") + rest;
  }

  /** Finds the last one of the least bad targets. */
  #leastBad(): number {
    const least = this.#named.map(({ code }) => code).reduce((a, b) => worseOf(a, b) === a ? b : a);
    return this.#named.findLastIndex(({ code }) => code === least);
  }

  /** Names the checks by what is the matter with them. */
  #nameChecks(): string {
    const checks = this.#named.flatMap(({ check }) => check ?? []);
    const groups = ["down", "unknown", "degraded", "certificate"].map((matter) => ({
      matter,
      names: checks.filter(({ verdict }) => matter === (verdict === "up" ? "certificate" : verdict))
        .map(({ name }) => name),
    }));
    const named = [...groups, { matter: "in maintenance", names: this.#paused }]
      .filter(({ names }) => names.length > 0)
      .map(({ matter, names }) => `${matter}: ${names.map(escapeNagios).join(", ")}`);
    return named.length === 0 ? "" : ` (${named.join("; ")})`;
  }
}

/** Formats one result as one line, without a line feed. */
export function formatNagios(result: ProbeResult): string {
  return formatLine(result, undefined);
}

function formatLine(result: ProbeResult, check: CheckOutcome | undefined): string {
  const name = result.tag === undefined ? "" : `${escapeNagios(result.tag)}: `;
  const state = NAGIOS_STATES[codeOf(result, check)];
  return `HTTP ${state} - ${name}${describe(result, check)} | ${performanceData(result, check)}`;
}

function codeOf(result: ProbeResult, check: CheckOutcome | undefined): NagiosCode {
  return check === undefined ? nagiosCode(result) : checkNagiosCode(check);
}

/** Names a result by its check; an unnamed check has its URL as its name. */
function nameOf({ tag, input }: ProbeResult): string {
  return tag === undefined || tag === input ? input : `${tag} (${input})`;
}

/** Formats the line for a run that failed as a whole, with its line feed. */
export function formatNagiosUnknown(message: string): string {
  return `HTTP UNKNOWN - ${escapeNagios(message)}\n`;
}

function describe(result: ProbeResult, check: CheckOutcome | undefined): string {
  const parts = [describeAnswer(result)];
  // A local fault says why by itself.
  if (check?.verdict === "unknown" && result.error?.by !== "local") parts.unshift(`${check.cause}`);
  const warnings = check === undefined ? "" : describeWarnings(check);
  if (warnings !== "") parts.push(`degraded: ${warnings}`);
  if (check?.certificate !== undefined) parts.push(describeEndingCertificate(check.certificate));
  const text = escapeNagios(parts.join(", "));
  return check?.excluded === undefined ? text : `in maintenance, ${text}`;
}

function describeAnswer(result: ProbeResult): string {
  const { error, ok, status, checks } = result;
  if (error !== undefined) {
    // An expectation of a check may ask for the error.
    return `${error.kind} in ${error.phase}${ok ? ", as expected" : `: ${error.message}`}`;
  }
  const time = `${status} in ${formatDuration(chainTotal(result))}`;
  return [time, ...checks.filter(({ ok }) => !ok).map(describeBrokenCheck)].join(", ");
}
