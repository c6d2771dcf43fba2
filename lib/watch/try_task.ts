/**
 * Probes the target of a check once, and judges the result.
 *
 * @module
 */

import { actualValue } from "../expect/actual_value.ts";
import { checkResult, prepareChecks, withChecks } from "../expect/check_result.ts";
import { isExpectedError } from "../expect/expected_error.ts";
import { withoutText } from "../expect/without_text.ts";
import { PROBE_DEFAULTS } from "../probe/defaults.ts";
import { probeTarget } from "../probe/probe.ts";
import type { Check, ProbeResult } from "../result.ts";
import { parseTarget } from "../target/target.ts";
import { formatDuration } from "../text/duration.ts";
import { currentProfile } from "./examine.ts";
import { addAges, addProfile, markDoubts } from "./judge_profile.ts";
import { blameOwnNetwork } from "./local_network.ts";
import type { KeptProfile } from "./kept_profile.ts";
import type { TaskRun, Verdict } from "./task_run.ts";
import type { CheckPredicate } from "./tasks/check_definition.ts";
import { redactAll } from "./redaction/redact_all.ts";
import type { Task } from "./tasks/task.ts";

/** Most characters of a predicate's value that sonde keeps whole: a predicate may return the whole body. */
const LONGEST_DATA = 4000;

/**
 * Probes the target of a check once, and judges the result.
 *
 * @param kept The experiments that earlier runs kept; it runs them anew if they are due
 */
export async function tryTask(
  task: Task,
  signal: AbortSignal,
  kept?: KeptProfile,
): Promise<Omit<TaskRun, "retries">> {
  const limit = task.options.maxTime ?? PROBE_DEFAULTS.maxTime;
  const stopAtHead = task.judge === "head";
  const target = parseTarget(task.url);
  const contact = blameOwnNetwork(await probeTarget(target, { ...task.options, signal, stopAtHead }));
  const profile = await currentProfile(task, contact, { kept, signal });
  const probed = addProfile(contact, profile);
  await prepareChecks(probed, [...task.expectations, ...task.degraded]);
  const checked = withChecks({ ...probed, tag: task.name }, task.expectations, { redact: task.redact });
  const predicted = await Promise.all(
    task.predicates.map(([name, predicate]) => holdPredicate(name, predicate, checked, limit)),
  );
  const checks = [...addAges(checked.checks, task.expectations, probed), ...predicted];
  // An error that the check asks for is what it wants to see.
  const complete = probed.ok || isExpectedError(probed, task.expectations);
  const result = withoutText({ ...checked, checks, ok: complete && checks.every(({ ok }) => ok) });
  const warnings = addAges(
    checkResult(probed, task.degraded, { redact: task.redact }),
    task.degraded,
    probed,
  );
  const verdict = judge(result, warnings);
  return {
    ...redactAll({ result, warnings }, (text) => task.redact(text)),
    verdict,
    profile: profile &&
      markDoubts(profile, [[task.expectations, checks], [task.degraded, warnings]]),
  };
}

function judge({ ok, error }: ProbeResult, warnings: readonly Check[]): Verdict {
  if (error?.by === "local") return "unknown";
  if (!ok) return "down";
  return warnings.every((it) => it.ok) ? "up" : "degraded";
}

/** Calls a predicate. If it throws or takes too long, the check fails. */
async function holdPredicate(
  expect: string,
  predicate: CheckPredicate,
  result: ProbeResult,
  limit: number,
): Promise<Check> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`no answer within ${formatDuration(limit)}`), limit);
  try {
    const actual = await Promise.race([predicate(result), late]);
    return { expect, ok: actual === true, actual: asPlainData(actual) };
  } catch (error) {
    return { expect, ok: false, actual: asPlainData(error instanceof Error ? error.message : String(error)) };
  } finally {
    clearTimeout(timer);
  }
}

/** Converts a value to plain data; a value that JSON cannot hold becomes text, and a long one is cut. */
function asPlainData(value: unknown): unknown {
  try {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined) return String(value);
    const plain = JSON.parse(json);
    return json.length > LONGEST_DATA ? actualValue(plain, (text) => text) : plain;
  } catch {
    return Object.prototype.toString.call(value);
  }
}
