/**
 * `--expect` of `sonde conn`: the measurements that it needs, and the verdict on each profile.
 *
 * @module
 */

import { experimentNames } from "../../../conn/experiment_names.ts";
import type { ProfileOptions } from "../../../conn/options.ts";
import { selectExperiments } from "../../../conn/select.ts";
import { USUAL_MAX_REQUESTS, usualIdleLimit } from "../../../conn/settle_options.ts";
import type { ConnectionProfile } from "../../../result.ts";
import { parseFact } from "../../expectations.ts";
import { UsageError } from "../../usage_error.ts";

/** The expectations of a run. */
export interface ProfileExpectations {
  /** The options that let sonde decide every expectation. They keep the values from the command line. */
  readonly options: ProfileOptions;
  /** Adds its checks to a profile. */
  check(profile: ConnectionProfile): ConnectionProfile;
}

/**
 * Reads the values of `--expect`.
 *
 * @param options The options from the command line.
 * @throws {UsageError} If an expectation cannot be read, is about a fact that does not exist, or about an experiment that
 * does not run.
 */
export async function readProfileExpectations(
  texts: readonly string[],
  options: ProfileOptions,
): Promise<ProfileExpectations> {
  if (texts.length === 0) return { options, check: (profile) => profile };
  const [{ checkProfile }, { parseExpectation }, { profileNeeds }] = await Promise.all([
    import("../../../expect/check_profile.ts"),
    import("../../../expect/parse_expectation.ts"),
    import("../../../expect/profile_needs.ts"),
  ]);
  const names = experimentNames();
  const expectations = texts.map((text) =>
    parseFact(() => parseExpectation(text, { subject: "profile", names }), "conn")
  );
  // Before the run, sonde cannot know if the server has TLS or several addresses.
  const made = selectExperiments(options, { https: true, addresses: Infinity })
    .map(({ experiment }) => experiment.name);
  for (const expectation of expectations) {
    const missing = profileNeeds([expectation]).experiments.find((name) => !made.includes(name));
    if (missing !== undefined) throw new UsageError(sayMissing(expectation.text, missing, options));
  }
  const { idleLimit = 0, maxRequests = 0 } = profileNeeds(expectations);
  return {
    options: {
      ...options,
      idleLimit: options.idleLimit ?? Math.max(usualIdleLimit(options), idleLimit),
      maxRequests: options.maxRequests ?? Math.max(USUAL_MAX_REQUESTS, maxRequests),
    },
    check: (profile) => {
      const checks = checkProfile(profile, expectations);
      return { ...profile, ok: profile.ok && checks.every(({ ok }) => ok), checks };
    },
  };
}

function sayMissing(text: string, name: string, { only, skip = [] }: ProfileOptions): string {
  const remedy = skip.includes(name) || skip.includes("default")
    ? "remove it from --skip"
    : `write --only ${[...only ?? ["default"], name].join(",")}`;
  return `--expect: "${text}" needs the experiment ${name}, which does not run: ${remedy}`;
}
