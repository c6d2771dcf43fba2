/**
 * `sonde batch`: one row for each target of a list.
 *
 * @module
 */

import { chosenFormat, traitsOf } from "../../output/formats.ts";
import { refuseFlagFiles, refuseOwnInput } from "../../output/refuse_own_input.ts";
import type { BatchOptions } from "../../../batch/batch_options.ts";
import { probeInGroups } from "../../../batch/probe_all.ts";
import type { Judge } from "../../../batch/batch_target.ts";
import { composeRequest } from "../../../probe/compose_request.ts";
import type { ReadTargetsOptions } from "../../../batch/read_targets.ts";
import { BatchProgress } from "./progress.ts";
import { settleTarget } from "../../../target/target.ts";
import { refuseEmpty } from "./refuse_empty.ts";
import { openList, type TargetList } from "./target_list.ts";
import { RowPrinter, showsProgress } from "./row_printer.ts";
import { chooseBatchView } from "./view.ts";
import { type Resumed, resumeOutput, withoutDone } from "./resume.ts";
import { ExitTally } from "../../exit_code.ts";
import { loadExpectations, readExpectations } from "../../expectations.ts";
import type { BatchFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { openOutput } from "../../output/open_output.ts";
import type { Output } from "../../output/output.ts";
import { chooseRowLook } from "../../output/row_look.ts";
import { readProbeOptions } from "../../probe_options.ts";
import { formatRunError } from "../../run_error.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";

/**
 * Probes the targets of the lists that the operands name.
 *
 * @returns The exit code.
 * @throws {UsageError} If there is no list, no target in it, or the flags make no request.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runBatch(args: ParsedFlags<BatchFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  checkUsage(args);
  const probing = await readProbing(flags, io);
  if (flags.dryRun) {
    const { showBatchPlan } = await import("./dry_run.ts");
    return await showBatchPlan(args, { probing, list: listOptions(flags) }, io);
  }

  // To write a stack, Deno reads source files, and ends the process if no file descriptor is left.
  Error.stackTraceLimit = 0;
  // A JSON line may bring expectations later, when no file descriptor may be left to load their modules.
  await loadExpectations();

  const lists = operands.filter((path) => path !== "-").map((path) => ({ path, what: "one of the lists" }));
  await refuseOwnInput(flags.resume ?? flags.output, lists);
  await refuseFlagFiles(flags, flags.resume);
  const resumed = flags.resume === undefined ? undefined : await resumeOutput(flags.resume);
  using list = await openList(operands, { ...listOptions(flags), count: showsProgress(flags, io) }, io);
  await using file = resumed?.output ?? await openOutput(flags, io, {
    advice: chosenFormat(flags) === "json"
      ? "--resume FILE instead of -o keeps the rows of an earlier run"
      : undefined,
  });
  return await probeList(list, probing, { args, io, resumed, output: file ?? io.stdout });
}

/** The parts of a batch besides its list and the settings of its probes. */
interface BatchRun {
  readonly args: ParsedFlags<BatchFlags>;
  readonly io: CommandIo;
  readonly resumed: Resumed | undefined;
  readonly output: Output;
}

/** Probes the targets of a list and prints their rows. Gives the exit code. */
async function probeList(list: TargetList, probing: BatchOptions, run: BatchRun): Promise<number> {
  const { args: { flags, operands }, io, resumed, output } = run;
  const look = await chooseRowLook(output, io);
  const view = await chooseBatchView(chosenFormat(flags), look, { maxTime: flags.maxTime });
  const tally = new ExitTally(io.missing);
  const progress = new BatchProgress({
    list,
    now: io.now,
    rate: flags.rate,
    limits: [flags.connectTimeout, flags.maxTime],
    done: resumed?.done,
  });
  await using report = new RowPrinter({ flags, view, output, io, tally, progress });
  if (resumed) report.note(resumed.note);

  const options: BatchOptions = {
    ...probing,
    ...runnerOptions(flags),
    onConcurrencyLowered: (limit, { message }) =>
      report.note(`${message}: sonde continues with ${limit} at once`),
    onAddresses: (addresses) => progress.addAddresses(addresses),
    skipAddress: resumed && ((target) => resumed.done.take(target)),
  };
  const targets = resumed ? withoutDone(list.targets, resumed.done) : list.targets;
  const meter = showsProgress(flags, io) ? progress.meter : undefined;
  for await (const rows of probeInGroups(targets, options, meter)) {
    await report.take(rows);
    if (output.broken) break;
  }
  if (resumed) tally.addCounts(resumed.done.taken);
  await report.end({
    earlier: resumed?.done.taken,
    interrupted: io.signal.aborted ? describeInterrupted(progress, flags) : undefined,
  });
  refuseEmpty(list, { paths: operands, shard: flags.shard });
  for (const fault of list.faults) {
    tally.add({ ok: false, error: { by: "local" } });
    const width = io.stderr.terminal ? io.widthOf(io.stderr) : undefined;
    await io.stderr.write(formatRunError(fault, { paint: await io.paintFor(io.stderr), width }).text);
  }
  return io.signal.aborted ? tally.code(true) : view.code ?? tally.code();
}

/** Tells how far the run came, and which command line does the rest. */
function describeInterrupted(progress: BatchProgress, flags: BatchFlags): string | undefined {
  const text = progress.describeInterrupted();
  if (text === undefined || chosenFormat(flags) !== "json") return text;
  if (flags.resume !== undefined) return `${text}: the same command does the rest`;
  return flags.output === undefined ? text : `${text}: --resume ${flags.output} instead of -o does the rest`;
}

/** Reads the options of the probes, and the expectations and experiments for their results. */
async function readProbing(flags: BatchFlags, io: CommandIo): Promise<BatchOptions> {
  const enrich = flags.conn && await addQuickExperiments(flags.conn);
  const expectations = await readExpectations(flags.expect, {
    keepText: flags.body,
    subject: subjectOf(flags),
  });
  const options = {
    ...await readProbeOptions(flags, io),
    ...expectations.options,
    keepRequest: traitsOf(flags).keepsRequests,
  };
  // A request that cannot be composed is a mistake in the command line, not in each target.
  parseUsage(() => composeRequest(settleTarget({ input: "", host: "host", path: "/" }, "http"), options));
  return { ...options, judge: expectations, enrich };
}

function checkUsage(args: ParsedFlags<BatchFlags>): void {
  const { flags, operands } = args;
  if (operands.length === 0) {
    throw missingOperand(
      "Cannot run a batch: no list was given",
      args,
      "batch hosts.txt (one host or URL a line; - is stdin)",
    );
  }
  const url = operands.find((operand) => /^https?:\/\//i.test(operand));
  if (url !== undefined) {
    throw new UsageError(
      `Cannot read a list from ${url}: a batch reads files; for one URL write sonde ${url}, for several use stdin (-)`,
    );
  }
  if (operands.filter((operand) => operand === "-").length > 1) {
    throw new UsageError("Cannot read stdin twice: - was given more than once");
  }
  if (flags.conn && chosenFormat(flags) !== "json" && flags.expect.length === 0) {
    throw new UsageError("--conn has no column in the text output: add --json or --expect");
  }
  if (flags.resume !== undefined && chosenFormat(flags) !== "json") {
    throw new UsageError("--resume reads and writes rows of JSON: add --json");
  }
}

function listOptions(flags: BatchFlags): ReadTargetsOptions {
  const { ports, paths, shard } = flags;
  return {
    ports,
    paths,
    shard,
    readExpectations: (texts) => readOwnExpectations(texts, flags),
  };
}

/**
 * Reads the expectations of a JSON line, in addition to those of the command line. A mistake in them makes
 * the row of that line an error.
 */
async function readOwnExpectations(texts: readonly string[], flags: BatchFlags): Promise<Judge> {
  try {
    return await readExpectations([...flags.expect, ...texts], {
      keepText: flags.body,
      subject: subjectOf(flags),
    });
  } catch (error) {
    if (error instanceof UsageError) throw new SyntaxError(error.message, { cause: error });
    throw error;
  }
}

/** Expectations may use facts of experiments if the batch runs experiments. */
function subjectOf({ conn }: BatchFlags): "row" | "result" {
  return conn ? "row" : "result";
}

/** Loads the function that adds the experiments of `--conn` to each row. */
async function addQuickExperiments(names: readonly string[]): Promise<NonNullable<BatchOptions["enrich"]>> {
  const { addExperiments, checkQuickExperiments } = await import("../../../conn/quick.ts");
  parseUsage(() => checkQuickExperiments(names), "--conn");
  return (result, target, options) => addExperiments(result, target, { ...options, only: names });
}

function runnerOptions(flags: BatchFlags): BatchOptions {
  const { concurrency, perHost, rate, retry, ordered, allIps } = flags;
  return {
    concurrency,
    perHost,
    rate,
    retries: retry,
    ordered,
    allAddresses: allIps,
  };
}
