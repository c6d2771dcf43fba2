/**
 * `sonde --dry-run URL…`: the requests that would be sent.
 *
 * @module
 */

import type { ProbeOptions } from "../../../probe/options.ts";
import type { Target } from "../../../target/target.ts";
import { formatDuration } from "../../../text/duration.ts";
import { describeRedirects } from "../../dry_run/describe_redirects.ts";
import { planTarget } from "../../dry_run/plan_target.ts";
import { checkPlanFormat, printPlan, SHOWN_TARGETS } from "../../dry_run/print_plan.ts";
import type { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { filePermissions } from "../../start/file_permissions.ts";
import type { ProbeFlags } from "./flags.ts";

/** Prints the plan of a run, and sends nothing. */
export async function showProbePlan(
  targets: readonly Target[],
  options: ProbeOptions,
  { args, io }: { readonly args: ParsedFlags<ProbeFlags>; readonly io: CommandIo },
): Promise<ExitCode> {
  const { flags } = args;
  checkPlanFormat(flags);
  const { count, interval, reuse } = flags;
  const pace = interval > 0 ? `, one each ${formatDuration(interval)}` : "";
  const repeated = count === 1 ? [] : [
    `each URL would get ${count} requests${pace}${reuse ? ", on one connection while it stays open" : ""}`,
  ];
  const planned = targets.map((target) => planTarget(target, options));
  return await printPlan(
    {
      targets: planned.slice(0, SHOWN_TARGETS),
      more: Math.max(0, planned.length - SHOWN_TARGETS),
      everyRequest: true,
      needed: [
        ...planned.flatMap(({ urls, needed }) => needed.map((it) => ({ ...it, reason: urls[0].url }))),
        ...filePermissions("probe", args),
      ],
      notes: [...repeated, ...describeRedirects(options)],
    },
    flags,
    io,
  );
}
