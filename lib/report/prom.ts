/**
 * Results as metrics of Prometheus, for a textfile of node_exporter or a push gateway.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { ConnectionProfile, ProbeResult } from "../result.ts";
import { formatGauges, gaugePieces, type Labels } from "./prom/exposition.ts";
import { PROBE_GAUGES, type TimedResult } from "./prom/probe_gauges.ts";
import { PROFILE_GAUGES } from "./prom/profile_gauges.ts";
import { Samples } from "./prom/samples.ts";
import { formatDocument, type Formatter, type RowOptions } from "./formatter.ts";

/** Options of metrics. */
export interface PromOptions {
  /** Time limit of one probe in milliseconds, for `probe_timeout_seconds`. */
  readonly maxTime?: number | undefined;
}

const PROM_OPTION_NAMES = { maxTime: true } as const satisfies OptionNames<PromOptions>;

/** Formats metrics of results; `end()` gives all of the text. */
export class PromFormatter implements Formatter {
  readonly #samples = new Samples<TimedResult>(PROBE_GAUGES);
  readonly #options: PromOptions;

  /** Makes a formatter without samples. */
  constructor(options: PromOptions = {}) {
    checkOptions(options, PROM_OPTION_NAMES);
    this.#options = options;
  }

  /** Gives no text. */
  begin(): string {
    return "";
  }

  /** Remembers a result; `maxTime` is its limit in milliseconds, if it has its own limit, and `check` its check. */
  row(result: ProbeResult, { maxTime = this.#options.maxTime, check }: RowOptions = {}): string {
    const { input, tag } = result;
    const identity: Labels = tag === undefined ? { target: input } : { target: input, tag };
    this.#samples.add({ result, timeout: maxTime, check }, identity);
    return "";
  }

  /** Formats all metrics. */
  end(): string {
    return formatGauges(this.#samples.families());
  }

  /** Formats all metrics, piece by piece. */
  endInPieces(): Iterable<string> {
    return gaugePieces(this.#samples.families());
  }
}

/** Formats metrics of connection profiles; `end()` gives all of the text. */
export class ProfilePromFormatter implements Formatter<ConnectionProfile> {
  readonly #samples = new Samples<ConnectionProfile>(PROFILE_GAUGES);

  /** Gives no text. */
  begin(): string {
    return "";
  }

  /** Remembers a profile. */
  row(profile: ConnectionProfile): string {
    this.#samples.add(profile, { target: profile.input });
    return "";
  }

  /** Formats all metrics. */
  end(): string {
    return formatGauges(this.#samples.families());
  }
}

/**
 * Formats results as metrics, with the names of blackbox_exporter's HTTP prober and the label `target`. Without
 * expectations, `probe_success` asks for a status below 400.
 *
 * @returns Text of version 0.0.4 of the format
 *
 * @example Usage
 * ```ts
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import { formatProm } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const url = `http://127.0.0.1:${server.addr.port}/`;
 * const metrics = formatProm([await probe(url)]);
 * assert(metrics.includes(`probe_http_status_code{target="${url}"} 200\n`));
 * ```
 */
export function formatProm(results: Iterable<ProbeResult>, options: PromOptions = {}): string {
  return formatDocument(new PromFormatter(options), results);
}

/** Formats connection profiles as metrics, as {@linkcode formatProm} does for results. */
export function formatProfileProm(profiles: Iterable<ConnectionProfile>): string {
  return formatDocument(new ProfilePromFormatter(), profiles);
}
