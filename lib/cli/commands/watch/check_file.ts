/**
 * `sonde watch --check`: checks a task file and its permissions, and sends nothing.
 *
 * @module
 */

import { describeLeftOut } from "../../../watch/tasks/left_out.ts";
import { TaskFileError } from "../../../watch/tasks/task_file_error.ts";
import { ExitCode } from "../../exit_code.ts";
import type { CommandIo } from "../../io.ts";
import { writeNotes } from "../../output/note.ts";
import { chosenFormat } from "../../output/formats.ts";
import { AskedSecrets } from "./asked_secrets.ts";
import { type CheckReport, formatCheckJson, formatCheckText, shownFlag } from "./check_report.ts";
import type { WatchFlags } from "./flags.ts";
import { lackedPermissions, modulePermissions, unknownCalls } from "./module_permissions.ts";
import { neededPermissions } from "./needed_permissions.ts";
import { describeReasons } from "../../start/needs_text.ts";
import {
  formatFlag,
  joinPermissions,
  type NeededPermission,
  type Permission,
} from "../../start/permission.ts";
import { isMissingPermission, loadWanted, type WantedPlan } from "./plan.ts";
import { requireHistory } from "./require_history.ts";

/** Stand for a secret that may not be read: valid in a host, a port, a path and a header field. */
const STAND_INS = ["1", "2"] as const;

/**
 * Checks a task file, and prints the permissions that it needs.
 *
 * @returns 0 if the file is valid and nothing is missing, 2 if it has mistakes, 3 if permissions are missing.
 * @throws {UsageError} If the checks cannot run once without a history, as the flags want it.
 */
export async function checkFile(file: string, flags: WatchFlags, io: CommandIo): Promise<ExitCode> {
  const loaded = await load(file, flags, STAND_INS[0]);
  const { plan, problems, secrets } = loaded;
  // A stand-in may be the mistake.
  const mistakes = secrets.missing ? [] : problems.filter((problem) => !isMissingPermission(problem));
  if (mistakes.length > 0) {
    await complain(io, problems.map((problem) => `${file}: ${problem}`));
    await io.stderr.write("Try sonde watch --help\n");
    return ExitCode.usage;
  }
  if (plan !== undefined && flags.once && flags.history === undefined) requireHistory(plan);
  const needed = joinPermissions(await listPermissions(file, flags, loaded));
  const leftOut = plan === undefined
    ? []
    : [...describeLeftOut(plan.tasks, plan.leftOut ?? []), ...plan.unknown].map((line) => plan.redact(line));
  const notes = [...leftOut, ...describeUnknown(file, loaded, needed)];
  const report: CheckReport = { file, flags, plan, needed, notes };
  if (!flags.quiet) {
    await io.stdout.write(chosenFormat(flags) === "json" ? formatCheckJson(report) : formatCheckText(report));
  }
  const missing = needed.filter(({ granted }) => !granted);
  const mendable = problems.filter(isMissingPermission);
  await complain(io, [
    ...missing.map((it) => `${file}: ${describeReasons(it)}: this needs ${shownFlag(it, plan)}`),
    // The mistakes of files repeat what is said above.
    ...(missing.length > 0 ? [] : mendable).map((problem) => `${file}: ${problem}`),
  ]);
  return missing.length + mendable.length > 0 ? ExitCode.unmeasured : ExitCode.ok;
}

/** Finds the permissions that a watch of a file needs, as well as that is known without them. */
export async function findNeeded(file: string, flags: WatchFlags): Promise<readonly Permission[]> {
  return await listPermissions(file, flags, await load(file, flags, STAND_INS[0]));
}

/** The permissions, mistakes and notes of a task file. */
interface Loaded {
  readonly plan?: WantedPlan | undefined;
  readonly problems: readonly string[];
  /** Files that a file with mistakes names. */
  readonly files: readonly string[];
  readonly secrets: AskedSecrets;
}

/** Loads the file. A secret that may not be read gets a stand-in, so that the rest can be checked. */
async function load(file: string, { only }: WatchFlags, standIn: string): Promise<Loaded> {
  const secrets = new AskedSecrets(standIn);
  try {
    const plan = await loadWanted(file, only, secrets);
    return { plan, problems: [], files: plan.files, secrets };
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    return { problems: error.problems, files: error.files, secrets };
  }
}

/** Lists the permissions, except for hosts and programs that follow from a secret that may not be read. */
async function listPermissions(file: string, flags: WatchFlags, loaded: Loaded): Promise<Permission[]> {
  const { plan, files, secrets } = loaded;
  let needed = neededPermissions(file, flags, plan);
  if (secrets.missing) {
    const other = (await load(file, flags, STAND_INS[1])).plan;
    const known = new Set(neededPermissions(file, flags, other).map(formatFlag));
    needed = needed.filter((it) => known.has(formatFlag(it)));
  }
  const secretFiles = new Set(secrets.permissions.map(({ value }) => value));
  const named = files.filter((path) => !secretFiles.has(path))
    .map((value): Permission => ({ access: "read", value, reason: "a file that it names" }));
  return [
    ...needed,
    ...named,
    ...secrets.permissions,
    ...modulePermissions(file),
    ...lackedPermissions(loaded.problems),
  ];
}

async function complain(io: CommandIo, lines: readonly string[]): Promise<void> {
  await writeNotes(lines.flatMap((line) => line.split("\n")), io);
}

/** Describes the permissions that cannot be known beforehand. */
function describeUnknown(
  file: string,
  { plan, secrets }: Loaded,
  needed: readonly NeededPermission[],
): string[] {
  if (plan === undefined) return ["sonde can list the rest once it may read the files and secrets"];
  const notes = plan.tasks.filter(({ options }) => (options.maxRedirects ?? 0) > 0)
    .map(({ name, redact }) =>
      `${redact(name)} follows redirects: add the hosts that they lead to, or write --allow-net alone`
    );
  const calls = unknownCalls(file);
  if (calls.length > 0) notes.push(`its code calls ${calls.join(", ")}: add the permissions for that`);
  if (needed.some((it) => shownFlag(it, plan) !== formatFlag(it))) {
    notes.push("write the secret in place of ***");
  }
  return secrets.missing
    ? [...notes, "a host or program that is a secret is unknown until sonde may read the secret"]
    : notes;
}
