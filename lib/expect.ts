/**
 * Reads expectations, one line of text each, and checks them against a result or a connection profile.
 *
 * @example Usage
 * ```ts
 * import { checkResult, parseExpectation } from "https://deno.land/x/sonde/lib/expect.ts";
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * const checks = checkResult(result, [parseExpectation("status == 200"), parseExpectation("timings.total < 5s")]);
 * for (const { ok, expect, actual } of checks) if (!ok) throw new Error(`${expect} failed: ${actual}`);
 * ```
 *
 * @module
 */

export { checkResult, withChecks } from "./expect/check_result.ts";
export { checkProfile } from "./expect/check_profile.ts";
export type { CheckOptions } from "./expect/check.ts";
export { type Expectation, type ExpectationOptions, parseExpectation } from "./expect/parse_expectation.ts";
export { needsSha256, needsText } from "./expect/probe_needs.ts";
export { type ProfileNeeds, profileNeeds } from "./expect/profile_needs.ts";
export { ExpectationSyntaxError } from "./expect/syntax_error.ts";
export type { WithExperiments } from "./expect/profile_facts.ts";
export type { ExperimentNames, ShortName } from "./conn/experiment_names.ts";
export type { ExpectationSubject } from "./expect/resolve_fact.ts";
export { WrittenNumber } from "./expect/written_number.ts";
export type * from "./result.ts";
