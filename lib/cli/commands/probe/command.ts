/**
 * `sonde URL…`: one result for each URL, or for each of several requests to it.
 *
 * @module
 */

import { chosenFormat, traitsOf } from "../../output/formats.ts";
import { probe } from "../../../probe/probe.ts";
import { composeRequest } from "../../../probe/compose_request.ts";
import type { ProbeOptions } from "../../../probe/options.ts";
import type { ProbeResult } from "../../../result.ts";
import { settleTarget, type Target } from "../../../target/target.ts";
import { ExitTally } from "../../exit_code.ts";
import { type Expectations, readExpectations } from "../../expectations.ts";
import type { ProbeFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { CountedProgress } from "../../output/counted_progress.ts";
import { openOutput } from "../../output/open_output.ts";
import type { Output } from "../../output/output.ts";
import { chooseRowLook } from "../../output/row_look.ts";
import { readTargetOperands } from "../../operands.ts";
import { readProbeOptions } from "../../probe_options.ts";
import { chooseProbeView, type ProbeView } from "./view.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";

/**
 * Probes the URLs that the operands name, one after the other.
 *
 * @returns The exit code.
 * @throws {UsageError} If there is no URL, or one of them cannot be probed.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runProbe(args: ParsedFlags<ProbeFlags>, io: CommandIo): Promise<number> {
  const { flags } = args;
  const targets = await readTargets(args, io);
  const expectations = await readExpectations(flags.expect, { keepText: flags.body });
  const options: ProbeOptions = {
    ...await readProbeOptions(flags, io),
    ...expectations.options,
    keepRequest: traitsOf(flags).keepsRequests || flags.verbose && chosenFormat(flags) === "text",
  };
  // A request that cannot be composed is a mistake in the command line, not a result.
  for (const target of targets) parseUsage(() => composeRequest(settleTarget(target, "http"), options));

  if (flags.dryRun) {
    const { showProbePlan } = await import("./dry_run.ts");
    return await showProbePlan(targets, options, { args, io });
  }
  if (flags.output !== undefined || flags.wire !== undefined) {
    await (await import("../../output/refuse_own_input.ts")).refuseFlagFiles(flags);
  }
  await using file = await openOutput(flags, io);
  const output = file ?? io.stdout;
  await using wire = flags.wire === undefined
    ? undefined
    : await (await import("../../output/wire_log.ts")).openWireLog(flags.wire, io);
  const wired = wire ? { ...options, onWire: wire.take } : options;
  return await probeAll(targets, wired, { flags, expectations, output, io });
}

async function readTargets(args: ParsedFlags<ProbeFlags>, io: CommandIo): Promise<Target[]> {
  const { flags, operands } = args;
  if (operands.length === 0) {
    throw missingOperand("Cannot probe: no URL was given", args, "https://example.com/");
  }
  if (flags.reuse && flags.location) {
    throw new UsageError("--reuse does not follow redirects: leave out --location");
  }
  return await readTargetOperands(operands, io, {
    knownHosts: flags.resolve.map(({ host }) => host),
    quiet: flags.quiet,
  });
}

/** The parts of a run that its targets share. */
interface Run {
  readonly flags: ProbeFlags;
  readonly expectations: Expectations;
  readonly output: Output;
  readonly io: CommandIo;
}

/** Probes the targets and prints their results. Gives the exit code. */
async function probeAll(targets: readonly Target[], options: ProbeOptions, run: Run): Promise<number> {
  const { flags, output, io } = run;
  const tally = new ExitTally(io.missing);
  const view = await chooseProbeView(flags, targets.length, {
    paint: await io.paintFor(output),
    width: io.width,
    rows: await chooseRowLook(output, io),
  });
  await using progress = new CountedProgress(io, {
    total: targets.length * flags.count,
    noun: targets.length * flags.count === 1 ? "answer" : "request",
    oneByOne: true,
    lasting: true,
    quiet: flags.quiet,
  });
  for (const target of targets) {
    await probeTarget(target, options, { ...run, view, tally, progress });
    if (io.signal.aborted || output.broken) break;
  }
  await progress.end();
  await output.write(view.end());
  return io.signal.aborted ? tally.code(true) : view.code?.() ?? tally.code();
}

/** A run whose results are counted and shown. */
interface ShownRun extends Run {
  readonly view: ProbeView;
  readonly tally: ExitTally;
  readonly progress: CountedProgress;
}

async function probeTarget(target: Target, options: ProbeOptions, run: ShownRun): Promise<void> {
  const { flags, expectations, view, output, tally, io, progress } = run;
  const take = async (probed: ProbeResult): Promise<void> => {
    await expectations.prepare(probed);
    const result = expectations.check(probed);
    tally.add(result);
    progress.take();
    await output.write(view.result(result));
  };
  if (flags.count === 1) {
    await take(await probe(target, options));
    return;
  }
  const { probeSeries } = await import("../../../probe/series.ts");
  const { count, interval, reuse } = flags;
  await output.write(view.beginSeries(target));
  // On a reused connection, a result is complete only once the next request has been sent.
  let held: ProbeResult | undefined;
  for await (const result of probeSeries(target, { ...options, count, interval, reuse })) {
    if (held) await take(held);
    held = reuse ? result : undefined;
    if (!reuse) await take(result);
    if (output.broken || io.signal.aborted) break;
  }
  if (held) await take(held);
  await output.write(view.endSeries());
}
