/**
 * Prints the plan of a run that `--dry-run` describes.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import { octetLines } from "../../report/profile/plan_text.ts";
import { formatQuantity } from "../../text/count.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatJsonLine } from "../../text/json_line.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import type { ExitCode } from "../exit_code.ts";
import type { CommandIo } from "../io.ts";
import { type AnyFormat, chosenFormat } from "../output/formats.ts";
import { startCommand } from "../start/advise_grant.ts";
import { joinPermissions, type NeededPermission, type Permission } from "../start/permission.ts";
import { codeOf, formatStartNeeds, realArgs } from "./start_needs.ts";
import { UsageError } from "../usage_error.ts";
import type { PlannedProbe } from "./plan_target.ts";

/** A line of a list that cannot be probed. */
export interface PlannedFault {
  readonly input: string;
  readonly problem: string;
}

/** Everything that a dry run prints. */
export interface RunPlan {
  /** The first targets. */
  readonly targets: readonly (PlannedProbe | PlannedFault)[];
  /** Number of further targets; `undefined` if it is not known. */
  readonly more: number | undefined;
  /** Shows the request to each target, not only to the first one. */
  readonly everyRequest: boolean;
  readonly needed: readonly Permission[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
}

/** The targets that a plan shows one by one. */
export const SHOWN_TARGETS = 10;

/** The flags of a command that has a dry run. */
export interface DryRunFlags {
  readonly json: boolean;
  readonly format?: AnyFormat | undefined;
}

/** Refuses a format that a plan does not have. */
export function checkPlanFormat(flags: DryRunFlags): void {
  const format = chosenFormat(flags);
  if (format === "text" || format === "json") return;
  throw new UsageError(`Cannot show a plan as ${format}: --dry-run prints text, or JSON with --json`);
}

/**
 * Prints a plan on stdout.
 *
 * @returns 0, or 3 if a permission is missing.
 */
export async function printPlan(plan: RunPlan, flags: DryRunFlags, io: CommandIo): Promise<ExitCode> {
  const needed = joinPermissions(plan.needed);
  const args = realArgs(io);
  const view: View = { paint: await io.paintFor(io.stdout), width: io.width, verbose: false };
  await io.stdout.write(
    chosenFormat(flags) === "json"
      ? formatPlanJson(plan, needed, args)
      : formatPlanText(plan, { needed, args, view }),
  );
  return codeOf(needed);
}

function formatPlanText(
  plan: RunPlan,
  { needed, args, view }: { needed: readonly NeededPermission[]; args: readonly string[]; view: View },
): string {
  const { targets, more, everyRequest, notes } = plan;
  const probes = targets.flatMap((target, index) => layOutTarget(target, everyRequest || index === 0, view));
  const rest = more === 0
    ? []
    : [more === undefined ? "… more targets" : `… ${formatQuantity(more, "more target")}`];
  const lines = [
    ...probes,
    ...rest,
    "",
    ...layOut([`Nothing was sent${notes.map((note) => `; ${note}`).join("")}`], view),
  ];
  return lines.map((line) => `${line}\n`).join("") + formatStartNeeds(needed, args);
}

function layOutTarget(target: PlannedProbe | PlannedFault, whole: boolean, view: View): string[] {
  if ("problem" in target) {
    return layOut([["warning", escapeText(target.input)], `: ${escapeText(target.problem)}`], view, {
      first: 0,
      rest: 2,
    });
  }
  const [{ url, to }, ...others] = target.urls;
  const heading: Span[] = [["heading", `${escapeText(target.method)} ${escapeText(url)}`], [
    "dim",
    ` to ${escapeText(to)}`,
  ]];
  return [
    ...layOut(heading, view, { first: 0, rest: 2 }),
    ...others.flatMap(({ url, to }) =>
      layOut([["dim", `or ${escapeText(url)} to ${escapeText(to)} if that has no TLS`]], view, {
        first: 2,
        rest: 4,
      })
    ),
    ...whole
      ? octetLines(target.request).flatMap((line) =>
        layOut([["notice", line]], view, { first: 2, rest: 4, keepBlanks: true })
      )
      : [],
  ];
}

/** One line for each target, then one line about the run. */
function formatPlanJson(plan: RunPlan, needed: readonly NeededPermission[], args: readonly string[]): string {
  const { targets, more, notes } = plan;
  const rows = targets.map((target) => {
    if ("problem" in target) return { schema: 1, kind: "plan", ...target };
    const { input, method, urls, request } = target;
    return { schema: 1, kind: "plan", input, method, urls, request: decodeLatin1(request) };
  });
  const permissions = needed.map(({ access, value, reasons, granted }) => ({
    access,
    value,
    for: reasons,
    granted,
  }));
  const run = {
    schema: 1,
    kind: "plan-summary",
    shown: targets.length,
    more,
    permissions,
    notes,
    command: startCommand(needed, args),
  };
  return [...rows, run].map((row) => `${formatJsonLine(row)}\n`).join("");
}
