/**
 * `sonde conn --dry-run URL…`: every octet that would be sent, and the permissions for that.
 *
 * @module
 */

import type { ProfileOptions } from "../../../conn/options.ts";
import { planDuration, planProfile } from "../../../conn/plan.ts";
import { formatPlan } from "../../../report/profile/plan_text.ts";
import { settleTarget, type Target } from "../../../target/target.ts";
import { printNeeds } from "../../dry_run/start_needs.ts";
import type { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { filePermissions } from "../../start/file_permissions.ts";
import type { Permission } from "../../start/permission.ts";
import { reaching } from "../../start/reaching.ts";
import { parseUsage } from "../../usage_error.ts";
import type { ConnFlags } from "./flags.ts";

/** Prints the plan of each target, and sends nothing. */
export async function showProfilePlans(
  targets: readonly Target[],
  options: ProfileOptions,
  { args, io }: { readonly args: ParsedFlags<ConnFlags>; readonly io: CommandIo },
): Promise<ExitCode> {
  const view = { paint: await io.paintFor(io.stdout), width: io.width };
  for (const target of targets) {
    // Nothing is sent here, so a bare host gets the scheme that a probe tries first.
    const settled = settleTarget(target, target.scheme ?? "https");
    const plan = parseUsage(() => planProfile(settled, options));
    await io.stdout.write(`${formatPlan(plan, { ...view, whole: planDuration(settled, options) })}\n\n`);
  }
  const needed = targets.flatMap((target) =>
    reaching(target, options).map((it): Permission => ({ ...it, reason: target.host }))
  );
  return await printNeeds([...needed, ...filePermissions("conn", args)], io);
}
