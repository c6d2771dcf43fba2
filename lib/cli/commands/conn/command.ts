/**
 * `sonde conn URL`: the connection behaviour of a server.
 *
 * @module
 */

import type { Paint } from "../../../text/paint.ts";
import { PROFILE_OPTION_NAMES } from "../../../conn/option_names.ts";
import type { ProfileOptions } from "../../../conn/options.ts";
import { pickOptions } from "../../../text/check_options.ts";
import { profileConnection } from "../../../conn/profile.ts";
import { planDuration } from "../../../conn/plan.ts";
import { checkSelection } from "../../../conn/select.ts";
import { formatProfile } from "../../../report/profile/profile_text.ts";
import type { ConnectionProfile } from "../../../result.ts";
import { settleTarget, type Target } from "../../../target/target.ts";
import { ConnProgress } from "./progress.ts";
import { ExitTally } from "../../exit_code.ts";
import type { ConnFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { openOutput } from "../../output/open_output.ts";
import { refuseFlagFiles } from "../../output/refuse_own_input.ts";
import { isSilent, SilentFormatter } from "../../output/silent.ts";
import { readTargetOperands } from "../../operands.ts";
import { readProbeOptions } from "../../probe_options.ts";
import { type Formatter, paragraphFormatter } from "../../../report/formatter.ts";
import { chosenFormat, type FormatOptions, loadFormatter, traitsOf } from "../../output/formats.ts";
import { repeatedCommand } from "./repeated_command.ts";
import { readProfileExpectations } from "./expectations.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";
import { VERSION } from "../../../version.ts";

/**
 * Examines the servers that the operands name, one after the other.
 *
 * @returns The exit code.
 * @throws {UsageError} If there is no URL, or an experiment or expectation cannot be used.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runConn(args: ParsedFlags<ConnFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  if (operands.length === 0) {
    throw missingOperand("Cannot examine connections: no URL was given", args, "conn https://example.com/");
  }
  const targets = await readTargetOperands(operands, io, {
    knownHosts: flags.resolve.map(({ host }) => host),
    quiet: flags.quiet,
  });
  const wanted = await readProfileOptions(flags, io);
  parseUsage(() => checkSelection(wanted));
  const { options, check } = await readProfileExpectations(flags.expect, wanted);
  if (flags.dryRun) {
    const { showProfilePlans } = await import("./dry_run.ts");
    return await showProfilePlans(targets, options, { args, io });
  }
  await refuseFlagFiles(flags);
  await using file = await openOutput(flags, io, { kind: "profiles" });
  const output = file ?? io.stdout;

  const tally = new ExitTally(io.missing);
  const view = await chooseView(flags, {
    paint: await io.paintFor(output),
    width: io.width,
    command: io.args && ((input) => repeatedCommand(io.args!, { operands, input })),
  });
  await output.write(view.begin());
  for (const [index, target] of targets.entries()) {
    await using progress = new ConnProgress(io, {
      input: target.input,
      place: targets.length > 1 ? `${index + 1} of ${targets.length}` : undefined,
      quiet: flags.quiet,
      planned: plannedTime(target, options),
    });
    const callbacks = { onProgress: progress.take, onEstimate: progress.estimate };
    const profile = check(await profileConnection(target, { ...options, ...callbacks }));
    await progress.end();
    tally.add(profile);
    await output.write(view.row(profile));
    if (io.signal.aborted || output.broken) break;
  }
  await output.write(view.end());
  return io.signal.aborted ? tally.code(true) : view.code ?? tally.code();
}

async function readProfileOptions(flags: ConnFlags, io: CommandIo): Promise<ProfileOptions> {
  const {
    only,
    skip,
    idleLimit,
    behind,
    totalTime,
    maxRequests,
    pipeline,
    samples,
    slowTarget,
    intrusive,
    ownHost,
  } = flags;
  if (pipeline < 2) {
    throw new UsageError("--pipeline: write 2 or more, since one request cannot be pipelined");
  }
  if (behind && (skip?.some(holdsIdleTimeout) || only?.some(holdsIdleTimeout) === false)) {
    throw new UsageError(
      "--behind needs the experiment idle-timeout: add it to --only, or remove it from --skip",
    );
  }
  if (slowTarget !== undefined && !slowTarget.startsWith("/")) {
    throw new UsageError("--slow-target: write a path on the same server, as in /slow?seconds=2");
  }
  if (slowTarget !== undefined && (skip?.some(holdsHalfClose) || !only?.some(holdsHalfClose))) {
    throw new UsageError(
      "--slow-target needs the experiment half-close: write --only half-close, or add it to your list",
    );
  }
  return {
    ...pickOptions(await readProbeOptions(flags, io), PROFILE_OPTION_NAMES),
    only,
    skip,
    idleLimit,
    totalTime,
    behind,
    slowTarget,
    maxRequests,
    pipeline,
    samples,
    keepExchanges: traitsOf(flags).keepsRequests,
    intrusive,
    ownHost,
  };
}

/** Tells whether a name in `--only` or `--skip` includes idle-timeout, which `--behind` needs. */
function holdsIdleTimeout(name: string): boolean {
  return name === "idle-timeout" || name === "default" || name === "all";
}

function holdsHalfClose(name: string): boolean {
  return name === "half-close" || name === "all";
}

async function chooseView(
  flags: ConnFlags,
  { command, ...options }: { paint: Paint; width: number; command: FormatOptions["command"] },
): Promise<Formatter<ConnectionProfile>> {
  const formatter = await loadFormatter("profiles", chosenFormat(flags), { command, madeBy: VERSION }) ??
    paragraphFormatter((profile) => formatProfile(profile, { ...options, verbose: flags.verbose }));
  return isSilent(flags) ? new SilentFormatter(formatter) : formatter;
}

/** Gives the milliseconds that the plan takes at most, besides the time of the answers. */
function plannedTime(target: Target, options: ProfileOptions): number {
  const { atMost, totalTime = Infinity } = planDuration(
    settleTarget(target, target.scheme ?? "https"),
    options,
  );
  return Math.min(atMost, totalTime);
}
