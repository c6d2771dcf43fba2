/**
 * `sonde batch --dry-run FILE…`: the targets of a list, and the requests that would be sent.
 *
 * @module
 */

import type { BatchOptions } from "../../../batch/batch_options.ts";
import type { BadTarget, BatchTarget } from "../../../batch/batch_target.ts";
import { prepareTarget } from "../../../batch/prepare_target.ts";
import type { ReadTargetsOptions } from "../../../batch/read_targets.ts";
import { describeRedirects } from "../../dry_run/describe_redirects.ts";
import { type PlannedProbe, planTarget } from "../../dry_run/plan_target.ts";
import { checkPlanFormat, type PlannedFault, printPlan, SHOWN_TARGETS } from "../../dry_run/print_plan.ts";
import type { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { filePermissions } from "../../start/file_permissions.ts";
import type { Permission } from "../../start/permission.ts";
import type { BatchFlags } from "./flags.ts";
import { refuseEmpty } from "./refuse_empty.ts";
import { openList, type TargetList } from "./target_list.ts";

/** Targets that a plan counts at most: ranges of addresses can make very long lists. */
const MOST_COUNTED = 1_000_000;

/** Prints the plan of a batch, and sends nothing. */
export async function showBatchPlan(
  args: ParsedFlags<BatchFlags>,
  { probing, list: options }: { readonly probing: BatchOptions; readonly list: ReadTargetsOptions },
  io: CommandIo,
): Promise<ExitCode> {
  const { flags, operands } = args;
  checkPlanFormat(flags);
  using list = await openList(operands, { ...options, count: false }, io);
  const { first, more } = await readFirst(list, operands.includes("-"));
  refuseEmpty(list, { paths: operands, shard: flags.shard });
  const targets = first.map((target) => planOf(target, probing));
  const whole: Permission = { access: "net", reason: flags.allIps ? "--all-ips" : "the targets" };
  const named = targets.flatMap((target): Permission[] =>
    "problem" in target ? [] : target.needed.map((it) => ({ ...it, reason: target.urls[0].url }))
  );
  return await printPlan(
    {
      targets,
      more,
      everyRequest: false,
      needed: [...more === 0 && !flags.allIps ? named : [whole], ...filePermissions("batch", args)],
      notes: [
        ...list.faults.map(({ message }) => message),
        ...describeRedirects(probing),
        ...flags.conn ? ["sonde conn --dry-run shows the experiments of --conn"] : [],
        ...flags.resume === undefined ? [] : [`the rows that ${flags.resume} holds are left out`],
      ],
    },
    flags,
    io,
  );
}

/** Reads the first targets, and counts the others. stdin may never end, so its rest is not read. */
async function readFirst(
  list: TargetList,
  hasStdin: boolean,
): Promise<{ first: readonly (BatchTarget | BadTarget)[]; more: number | undefined }> {
  const first: (BatchTarget | BadTarget)[] = [];
  let more = 0;
  for await (const target of list.targets) {
    if (first.length < SHOWN_TARGETS) first.push(target);
    else if (hasStdin || ++more > MOST_COUNTED) return { first, more: undefined };
  }
  return { first, more };
}

function planOf(target: BatchTarget | BadTarget, options: BatchOptions): PlannedProbe | PlannedFault {
  const prepared = "problem" in target ? target : prepareTarget(target, options);
  if ("problem" in prepared) return { input: prepared.input, problem: prepared.problem };
  try {
    return planTarget(prepared.target, prepared.options);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return { input: prepared.source.url, problem: error.message };
  }
}
