/**
 * Adds quick experiments to the row of a batch.
 *
 * @module
 */

import { adviseNearest } from "../text/nearest.ts";
import type { ExperimentReport, ProbeResult } from "../result.ts";
import { PROBE_OPTION_NAMES } from "../probe/option_names.ts";
import type { ProbeOptions } from "../probe/options.ts";
import { checkOptions } from "../text/check_options.ts";
import type { Target } from "../target/target.ts";
import { EXPERIMENTS } from "./experiments.ts";
import { PROFILE_OPTION_NAMES } from "./option_names.ts";
import type { ProfileOptions } from "./options.ts";
import { runExperiments } from "./run_experiments.ts";
import { selectExperiments } from "./select.ts";
import { openSite } from "./site.ts";

/** The `enrich` callback of a batch, which calls this, has the options of the probe at hand. */
const ADDING_OPTION_NAMES = { ...PROBE_OPTION_NAMES, ...PROFILE_OPTION_NAMES };

/** Maximum simultaneous connections to one target: as many as the widest of these experiments needs. */
const CONNECTIONS = 2;

/** Names of the experiments that {@linkcode addExperiments} runs. */
export function quickExperiments(): string[] {
  return EXPERIMENTS.filter(({ quick }) => quick).map(({ name }) => name);
}

/**
 * Reads a list of quick experiments, as `--conn` accepts it.
 *
 * @throws {TypeError} If an experiment does not exist or takes too long for a batch
 */
export function checkQuickExperiments(names: readonly string[]): void {
  const quick = quickExperiments();
  for (const name of names) {
    if (!quick.includes(name)) {
      throw new TypeError(
        `Cannot add the experiment "${name}" to each row: ${adviseNearest(name, quick)}`,
      );
    }
  }
}

/**
 * Runs experiments on a probed target, and adds their reports to the row.
 *
 * @param row Result of the probe; a row with an error is left unchanged
 * @param options Options of the probe, which the experiments use as far as they can, and the names in `only`
 * @throws {TypeError} If an experiment does not exist or takes too long for a batch
 *
 * @example Usage
 * ```ts
 * import { addExperiments } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { parseTarget, probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const target = parseTarget(`http://127.0.0.1:${server.addr.port}/`);
 * const row = await addExperiments(await probe(target), target, { only: ["close"] });
 * assert.equal(row.experiments?.["close"]?.outcome, "honoured");
 * ```
 */
export async function addExperiments<Row extends ProbeResult>(
  row: Row,
  target: Target,
  options: ProbeOptions & ProfileOptions & { readonly only: readonly string[] },
): Promise<Row & { experiments?: Record<string, ExperimentReport> }> {
  checkOptions(options, ADDING_OPTION_NAMES);
  checkQuickExperiments(options.only);
  if (row.error) return row;
  // The row is the last hop of its redirects, but the experiments examine the requested URL.
  const contact = row.redirects[0] ?? row;
  const site = await openSite(target, contact, options);
  const selected = selectExperiments(options, {
    https: site.subject.target.scheme === "https",
    addresses: site.addresses.length,
  });
  return {
    ...row,
    experiments: await runExperiments(site, selected, { connections: CONNECTIONS, waitForServer: false }),
  };
}
