/**
 * `sonde show FILE…`: prints rows that an earlier run saved.
 *
 * @module
 */

import type { SavedResult } from "../../../report/saved/saved_row.ts";
import { ExitTally, type Verdict } from "../../exit_code.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import type { CommandIo } from "../../io.ts";
import { writeNotes } from "../../output/note.ts";
import { openOutput } from "../../output/open_output.ts";
import { chooseRowLook } from "../../output/row_look.ts";
import { refuseOwnInput } from "../../output/refuse_own_input.ts";
import { RowReader, type SavedRow } from "../../saved/read_rows.ts";
import { SavedFiles } from "../../saved/saved_files.ts";
import { UsageError } from "../../usage_error.ts";
import { RowPrinter } from "../batch/row_printer.ts";
import type { ShowFlags } from "./flags.ts";
import { type Judge, readJudge } from "./judge.ts";
import { ReadingProgress } from "./reading_progress.ts";
import { ProfilePrinter } from "./profile_printer.ts";
import { chooseProfileView, chooseResultView } from "./view.ts";

/** The printer of one kind of rows. */
interface Printer extends AsyncDisposable {
  take(rows: readonly SavedRow[]): Promise<void>;
  note(text: string): void;
  end(): Promise<void>;
  /** The exit code, if the format has exit codes of its own. */
  code(): number | undefined;
  /** The reader of the output has gone away. */
  broken(): boolean;
}

/**
 * Shows the rows of the files that the operands name.
 *
 * @returns The exit code, by the verdicts of the rows.
 * @throws {UsageError} If there is no file, or no row in any of them.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runShow(args: ParsedFlags<ShowFlags>, io: CommandIo): Promise<number> {
  const { flags, operands } = args;
  checkUsage(operands);
  using files = await SavedFiles.open(operands, io);
  const inputs = operands.filter((path) => path !== "-").map((path) => ({ path, what: "one of the inputs" }));
  await refuseOwnInput(flags.output, inputs);

  const tally = new ExitTally();
  const notes: string[] = [];
  let note = (text: string): unknown => notes.push(text);
  const reader = new RowReader((text) => note(text));
  await using stack = new AsyncDisposableStack();
  let printer: Printer | undefined;
  let judge: Judge | undefined;
  for await (const rows of readAll(files, reader, io)) {
    const [first] = rows;
    if (first === undefined) continue;
    if (printer === undefined || judge === undefined) {
      judge = await readJudge(flags.expect, first.kind);
      printer = await openPrinter(first, { flags, files, io, stack });
      note = printer.note;
      notes.splice(0).forEach(note);
    }
    const judged = rows.map(judge);
    for (const row of judged) tally.add(verdictOf(row));
    await printer.take(judged);
    if (printer.broken() || io.signal.aborted) break;
  }
  if (printer === undefined) {
    if (io.signal.aborted) return tally.code(true);
    const [only, ...more] = operands;
    if (more.length === 0) throw new UsageError(`Cannot show ${only}: ${reader.whyNoRow()}`);
    await writeNotes(notes, io);
    throw new UsageError(`Cannot show these ${operands.length} files: there is no row of --json in them`);
  }
  await printer.end();
  if (reader.faults > 0) tally.add({ ok: false, error: { by: "local" } });
  const own = printer.code();
  // Rows that could not be read may have failed, which an own exit code of 0 would deny.
  if (own !== undefined && !io.signal.aborted) return own === 0 ? tally.code() : own;
  return tally.code(io.signal.aborted);
}

function checkUsage(operands: readonly string[]): void {
  if (operands.length === 0) {
    throw new UsageError(
      "Cannot show rows: no file was given; write the name of a file that --json wrote, or - for stdin",
    );
  }
  const url = operands.find((operand) => /^https?:\/\//i.test(operand));
  if (url !== undefined) {
    throw new UsageError(`Cannot read rows from ${url}: show reads files; to probe a URL write sonde ${url}`);
  }
}

async function* readAll(
  files: SavedFiles,
  reader: RowReader,
  io: Pick<CommandIo, "signal">,
): AsyncGenerator<SavedRow[], void, void> {
  for (const file of files.all) {
    if (io.signal.aborted) return;
    yield* reader.read(file);
  }
}

/** Gives the part of a row that the exit code depends on. A row of a watch has a verdict of its own. */
function verdictOf({ row }: SavedRow): Verdict {
  const check = "check" in row ? row.check : undefined;
  if (check === undefined) return row;
  if (check.excluded !== undefined || check.verdict === "up" || check.verdict === "degraded") {
    return { ok: true };
  }
  return check.verdict === "down" ? { ok: false } : { ok: false, error: { by: "local" } };
}

/** Opens the output, and the printer for rows of the kind of the first one. */
async function openPrinter(
  first: SavedRow,
  parts: {
    readonly flags: ShowFlags;
    readonly files: SavedFiles;
    readonly io: CommandIo;
    readonly stack: AsyncDisposableStack;
  },
): Promise<Printer> {
  const { flags, files, io, stack } = parts;
  const file = await openOutput(flags, io);
  if (file) stack.use(file);
  const output = file ?? io.stdout;
  const layout = await chooseRowLook(output, io);
  if (first.kind === "profile") {
    const profileLayout = { ...layout, width: io.width };
    const view = await chooseProfileView(flags, profileLayout);
    return stack.use(new ProfilePrinter({ flags, view, output, io }));
  }
  const view = await chooseResultView(flags, first.row, layout);
  const printer = stack.use(
    new RowPrinter({
      flags,
      view,
      output,
      io,
      tally: new ExitTally(),
      progress: new ReadingProgress(() => files.share()),
      saved: true,
    }),
  );
  return {
    take: (rows) => printer.take(rows.map(({ row }) => row as SavedResult)),
    note: (text) => printer.note(text),
    end: () => printer.end(io.signal.aborted ? { interrupted: "before the last row was read" } : {}),
    code: () => view.code,
    broken: () => output.broken,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
