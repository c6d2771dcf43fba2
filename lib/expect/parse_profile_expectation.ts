/**
 * Parses expectations about connection profiles.
 *
 * @module
 */

import type { CustomExperiment } from "../conn/custom_experiment.ts";
import { experimentNames } from "../conn/experiment_names.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { type Expectation, parseExpectation } from "./parse_expectation.ts";

/** Options of {@linkcode parseProfileExpectation}. */
export interface ProfileExpectationOptions {
  /** Experiments of your own that the profile has. */
  readonly experiments?: readonly CustomExperiment[] | undefined;
}

/**
 * Parses an expectation about a connection profile. It knows the names of all experiments and findings, and short names
 * such as `idle`.
 *
 * @param text An expectation, for instance `idle >= 65s` or `experiments.pipelining.outcome == full`
 * @throws {ExpectationSyntaxError} If the text is not an expectation, or if profiles have no such fact
 * @throws {TypeError} If an option does not exist
 *
 * @example Usage
 * ```ts
 * import { parseProfileExpectation, profileConnection } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { checkProfile } from "https://deno.land/x/sonde/lib/expect.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const url = `http://127.0.0.1:${server.addr.port}/`;
 * const profile = await profileConnection(url, { only: ["keep-alive"] });
 * const [check] = checkProfile(profile, [parseProfileExpectation("keepAlive == yes")]);
 * if (!check?.ok) throw new Error(String(check?.actual));
 * ```
 */
export function parseProfileExpectation(text: string, options: ProfileExpectationOptions = {}): Expectation {
  checkOptions(options, { experiments: true } satisfies OptionNames<ProfileExpectationOptions>);
  return parseExpectation(text, { subject: "profile", names: experimentNames(options.experiments) });
}
