/**
 * Results as the output of a monitoring plugin (Nagios, Icinga, Naemon): one line with performance data, and
 * an exit code for the state.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { formatDuration, formatSeconds, parseDuration } from "../text/duration.ts";
import { describeBrokenCheck } from "./describe_check.ts";
import { escapeNagios } from "../text/escape/nagios.ts";
import type { Formatter } from "./formatter.ts";

/** The states of a monitoring plugin, in the order of their exit codes. */
export const NAGIOS_STATES = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;

/** The exit code of a state. */
export type NagiosCode = 0 | 1 | 2 | 3;

/** Ascending severity: UNKNOWN must not hide a target that is known to be down. */
export const FROM_GOOD_TO_BAD: readonly NagiosCode[] = [0, 1, 3, 2];

/** Largest number of failed targets that the output names. */
const MOST_NAMED = 20;

/**
 * The state of a result: a local fault is UNKNOWN, any other error and an expectation that does not hold CRITICAL.
 * Without expectations the status decides as in check_http: 4xx is WARNING, 5xx CRITICAL.
 */
export function nagiosCode({ ok, error, status, checks }: ProbeResult): NagiosCode {
  if (error !== undefined) return error.by === "local" ? 3 : 2;
  if (!ok) return 2;
  if (checks.length > 0 || status === undefined || status < 400) return 0;
  return status < 500 ? 1 : 2;
}

/** Formats one result as one line, several as a summary with a line for each that is not OK. */
export class NagiosFormatter implements Formatter {
  #worst: NagiosCode = 0;
  #count = 0;
  #bad = 0;
  #last: ProbeResult | undefined;
  readonly #named: string[] = [];

  /** Exit code for all results so far. */
  get code(): NagiosCode {
    return this.#count === 0 ? 3 : this.#worst;
  }

  /** Gives no text: `end()` gives all of it. */
  begin(): string {
    return "";
  }

  /** Remembers a result. */
  row(result: ProbeResult): string {
    const code = nagiosCode(result);
    this.#count++;
    this.#last = result;
    if (FROM_GOOD_TO_BAD.indexOf(code) > FROM_GOOD_TO_BAD.indexOf(this.#worst)) this.#worst = code;
    if (code !== 0 && ++this.#bad <= MOST_NAMED) {
      this.#named.push(
        `${escapeNagios(nameOf(result))}: ${NAGIOS_STATES[code]} - ${describe(result)}\n`,
      );
    }
    return "";
  }

  /** Formats the whole output. */
  end(): string {
    if (this.#last === undefined) return formatNagiosUnknown("nothing was probed");
    if (this.#count === 1) return `${formatNagios(this.#last)}\n`;
    const state = NAGIOS_STATES[this.#worst];
    const good = this.#count - this.#bad;
    const rest = this.#bad > MOST_NAMED ? `and ${this.#bad - MOST_NAMED} more\n` : "";
    return `HTTP ${state} - ${good} of ${this.#count} ok | ok=${good};;;0;${this.#count}\n` +
      this.#named.join("") + rest;
  }
}

/** Formats one result as one line, without a line feed. */
export function formatNagios(result: ProbeResult): string {
  const name = result.tag === undefined ? "" : `${escapeNagios(result.tag)}: `;
  const state = NAGIOS_STATES[nagiosCode(result)];
  return `HTTP ${state} - ${name}${describe(result)} | ${performanceData(result)}`;
}

/** Names a result by its check; an unnamed check has its URL as its name. */
function nameOf({ tag, input }: ProbeResult): string {
  return tag === undefined || tag === input ? input : `${tag} (${input})`;
}

/** Formats the line for a run that failed as a whole, with its line feed. */
export function formatNagiosUnknown(message: string): string {
  return `HTTP UNKNOWN - ${escapeNagios(message)}\n`;
}

function describe({ error, status, timings, checks }: ProbeResult): string {
  if (error !== undefined) return `${error.kind} in ${error.phase}: ${escapeNagios(error.message)}`;
  const time = `${status} in ${formatDuration(timings.total)}`;
  const broken = checks.filter(({ ok }) => !ok).map(describeBrokenCheck);
  return broken.length === 0 ? time : `${time}, ${escapeNagios(broken.join(", "))}`;
}

/** `time=0.123s;warn;crit;min`: every time in seconds, the size in octets. */
function performanceData({ timings, body, checks, status }: ProbeResult): string {
  const { dns, connect, tls, wait, receive = 0, total } = timings;
  // This counts from the start, as `time` does, so it includes sonde's own time and the listening before the
  // request.
  const firstByte = wait === undefined || status === undefined ? undefined : total - receive;
  const times = [["time_dns", dns], ["time_connect", connect], ["time_tls", tls], [
    "time_firstbyte",
    firstByte,
  ]] as const;
  return [
    `time=${formatSeconds(total)}s;;${totalLimit(checks.map(({ expect }) => expect))};0`,
    ...times.filter(([, ms]) => ms !== undefined).map(([name, ms]) =>
      `${name}=${formatSeconds(ms ?? 0)}s;;;0`
    ),
    `size=${body?.bytes ?? 0}B;;;0`,
  ].join(" ");
}

/** Finds the critical threshold in an expectation on the total time, if there is one. */
function totalLimit(expects: readonly string[]): string {
  for (const expect of expects) {
    const [, limit] = /^\s*timings\.total\s*<=?\s*(\d[\d.]*(?:ms|[dhms]))\s*$/.exec(expect) ?? [];
    if (limit !== undefined) return (parseDuration(limit) / 1000).toString();
  }
  return "";
}
