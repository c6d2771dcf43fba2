/**
 * `sonde diff BEFORE AFTER`: compares two saved results, profiles or runs.
 *
 * @module
 */

import { diffSaved, type Saved } from "../../../report/diff/diff.ts";
import { formatDiff } from "../../../report/diff/diff_text.ts";
import { RunDiff } from "../../../report/diff/run_diff.ts";
import { runDiffJsonLines } from "../../../report/diff/run_diff_json.ts";
import { runDiffLines } from "../../../report/diff/run_diff_text.ts";
import type { TextOptions } from "../../../report/text.ts";
import { formatQuantity } from "../../../text/count.ts";
import { ExitCode } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { chosenFormat, type Compared, loadFormatter } from "../../output/formats.ts";
import { formatShare } from "../../output/progress_text.ts";
import { ProgressLine } from "../../output/progress_line.ts";
import type { Output } from "../../output/output.ts";
import { writeNotes } from "../../output/note.ts";
import { openOutput } from "../../output/open_output.ts";
import { refuseOwnInput } from "../../output/refuse_own_input.ts";
import { isSilent } from "../../output/silent.ts";
import { RowReader } from "../../saved/read_rows.ts";
import { type SavedFile, SavedFiles } from "../../saved/saved_files.ts";
import { missingOperand, parseUsage, UsageError } from "../../usage_error.ts";
import type { DiffFlags } from "./flags.ts";

/**
 * Compares two files of saved rows: two single rows whatever their targets are, and otherwise target by target.
 *
 * @returns 0 if the behaviour is the same, 1 if not, 3 if a part of a file could not be read.
 * @throws {UsageError} If there are not two files, or one of them holds no rows.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runDiff(args: ParsedFlags<DiffFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  const [before, after] = chooseFiles(args);
  if (before === "-" && after === "-") throw new UsageError("Cannot compare stdin with itself");
  using files = await SavedFiles.open([before, after], io);
  const inputs = operands.filter((path) => path !== "-").map((path) => ({ path, what: "one of the inputs" }));
  await refuseOwnInput(flags.output, inputs);
  const runs = new RunDiff();
  const line = flags.quiet || !io.stderr.terminal
    ? undefined
    : new ProgressLine(io.status, { format: () => [formatReading(runs.rows, files.share())] });
  const { old, young } = await readSides(files, runs, { flags, io }).finally(() => line?.end());
  if (io.signal.aborted) return ExitCode.interrupted;
  if (old.kind !== young.kind) {
    throw new UsageError("Cannot compare: one is the result of a probe, the other is a connection profile");
  }
  await using file = await openOutput(flags, io, { kind: "differences" });
  const output = file ?? io.stdout;
  const view = { paint: await io.paintFor(output), width: io.widthOf(output) };
  const single = old.rows === 1 && young.rows === 1;
  const { lines, differ } = single
    ? await describeSingle(old.first, young.first, flags, view)
    : describeRuns(runs, flags, view);
  if (!isSilent(flags)) await writeLines(lines, output, io);
  if (io.signal.aborted) return ExitCode.interrupted;
  if (differ) return ExitCode.failed;
  return old.faults + young.faults > 0 ? ExitCode.unmeasured : ExitCode.ok;
}

/** @throws {UsageError} If there are not two files */
function chooseFiles(args: ParsedFlags<DiffFlags>): [before: string, after: string] {
  const [before, after, extra] = args.operands;
  if (before === undefined) {
    throw missingOperand("Cannot compare: no file was given", args, "diff before.json after.json");
  }
  const [url] = args.operands.filter((operand) => /^https?:\/\//i.test(operand));
  if (url !== undefined) {
    throw new UsageError(
      `Cannot compare ${url}: diff reads files; save each answer first, as in sonde --json -o before.json ${url}`,
    );
  }
  if (after === undefined) {
    throw new UsageError(
      `Cannot compare ${before} alone: write a second file, as in sonde diff ${before} after.json`,
    );
  }
  if (extra !== undefined) throw new UsageError(`Cannot compare ${extra} as well: write two files only`);
  return [before, after];
}

function formatReading(rows: number, share: number | undefined): string {
  return `${formatQuantity(rows, "row")} read${share === undefined ? "" : ` (${formatShare(share)})`}`;
}

async function readSides(
  files: SavedFiles,
  runs: RunDiff,
  parts: { readonly flags: DiffFlags; readonly io: CommandIo },
): Promise<{ old: Side; young: Side }> {
  const [before, after] = files.all;
  const old = await readSide(before!, (row) => runs.add("before", row), parts);
  return { old, young: await readSide(after!, (row) => runs.add("after", row), parts) };
}

/** The rows of one side. */
interface Side {
  readonly kind: string;
  readonly first: Saved;
  readonly rows: number;
  /** Parts of the file that could not be read. */
  readonly faults: number;
}

/** Reads one file row by row. */
async function readSide(
  file: SavedFile,
  take: (row: Saved) => void,
  { flags, io }: { readonly flags: DiffFlags; readonly io: CommandIo },
): Promise<Side> {
  const notes: string[] = [];
  const reader = new RowReader((text) => notes.push(text));
  let first: { kind: string; row: Saved } | undefined;
  for await (const rows of reader.read(file)) {
    for (const saved of rows) {
      first ??= saved;
      take(saved.row);
    }
    if (io.signal.aborted) break;
  }
  if (first === undefined) throw new UsageError(`Cannot compare ${file.name}: ${reader.whyNoRow()}`);
  if (!flags.quiet) await writeNotes(notes, io);
  return { kind: first.kind, first: first.row, rows: reader.rows, faults: reader.faults };
}

/** Number of lines that are written at once. */
const AT_ONCE = 1_000;

async function writeLines(
  lines: Iterable<string>,
  output: Output,
  io: Pick<CommandIo, "signal">,
): Promise<void> {
  let block: string[] = [];
  for (const line of lines) {
    if (block.push(line) < AT_ONCE) continue;
    await output.write(`${block.join("\n")}\n`);
    if (output.broken || io.signal.aborted) return;
    block = [];
  }
  if (block.length > 0) await output.write(`${block.join("\n")}\n`);
}

/** The lines of a comparison, and its verdict. */
interface Described {
  readonly lines: Iterable<string>;
  readonly differ: boolean;
}

async function describeSingle(
  before: Saved,
  after: Saved,
  flags: DiffFlags,
  view: TextOptions,
): Promise<Described> {
  const input = before.input === after.input ? before.input : `${before.input} → ${after.input}`;
  const compared: Compared = { input, differences: parseUsage(() => diffSaved(before, after)) };
  const formatter = await loadFormatter("differences", chosenFormat(flags));
  const text = formatter?.row(compared) ?? `${formatDiff(input, compared.differences, view)}\n`;
  return {
    lines: text.split("\n").slice(0, -1),
    differ: compared.differences.length > 0,
  };
}

function describeRuns(runs: RunDiff, flags: DiffFlags, view: TextOptions): Described {
  const comparison = runs.compare();
  return {
    lines: chosenFormat(flags) === "json" ? runDiffJsonLines(comparison) : runDiffLines(comparison, view),
    // A target that only took longer behaves as before.
    differ: comparison.changes.some(({ kind }) => kind !== "slower" && kind !== "faster"),
  };
}
