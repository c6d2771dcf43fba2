/**
 * The output of an earlier run, for `--resume`.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import type { BadTarget, BatchTarget } from "../../../batch/batch_target.ts";
import { type DoneRows, readDoneRows } from "../../../batch/done_rows.ts";
import { ENOUGH, readBeginning } from "../../../text/decode/encoding_mark.ts";
import { fileFault, LocalFault, requireFileAccess } from "../../local_fault.ts";
import { FileOutput } from "../../output/file_output.ts";
import { UsageError } from "../../usage_error.ts";

/** The rows of an earlier run, and the output for the rest. */
export interface Resumed {
  readonly done: DoneRows;
  readonly output: FileOutput;
  /** A note about the earlier rows. */
  readonly note: string;
}

/**
 * Reads the rows of an earlier run, cuts off a torn last line and opens the file for appending. Creates a missing file, so
 * that the first run and every later one have the same command line.
 *
 * @throws {LocalFault} If the file cannot be read or written
 * @throws {UsageError} If it holds something else; the file stays unchanged.
 */
export async function resumeOutput(path: string): Promise<Resumed> {
  requireFileAccess("read", path);
  requireFileAccess("write", path);
  try {
    using file = await Deno.open(path, { read: true, write: true, create: true });
    const { size } = await file.stat();
    await refuseOtherEncoding(file, path);
    const { done, unreadable, wholeOctets, foreign } = await readDoneRows(piecesOf(file));
    if (foreign) {
      throw new UsageError(
        `--resume: Cannot continue ${path}: it does not hold rows of --json`,
      );
    }
    if (wholeOctets < size) await file.truncate(wholeOctets);
    const notes = [
      `${path} already has ${formatQuantity(done.rows, "row")}`,
      ...(wholeOctets < size ? ["an incomplete last line was removed"] : []),
      ...(unreadable > 0
        ? [
          `${formatQuantity(unreadable, "line is not a row and was", "lines are not rows and were")} skipped`,
        ]
        : []),
    ];
    return { done, output: await FileOutput.open(path, { append: true }), note: notes.join(", ") };
  } catch (error) {
    if (error instanceof LocalFault || error instanceof UsageError) throw error;
    throw fileFault("read", path, error);
  }
}

/** Refuses a file in another encoding than UTF-8, in which rows are appended: PowerShell's `>` writes UTF-16. */
async function refuseOtherEncoding(file: Deno.FsFile, path: string): Promise<void> {
  const octets = new Uint8Array(ENOUGH);
  const count = await file.read(octets) ?? 0;
  await file.seek(0, Deno.SeekMode.Start);
  const beginning = readBeginning(octets.subarray(0, count));
  if ("encoding" in beginning && beginning.encoding === "utf-8") return;
  const cause = "cause" in beginning
    ? beginning.cause
    : `it is ${beginning.encoding.toUpperCase()}, and sonde appends rows in UTF-8: save it as UTF-8`;
  throw new UsageError(`--resume: Cannot continue ${path}: ${cause}`);
}

async function* piecesOf(file: Deno.FsFile): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(1 << 18);
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    yield buffer.subarray(0, count);
  }
}

/** Leaves out the targets that have rows already. */
export async function* withoutDone(
  targets: AsyncIterable<BatchTarget | BadTarget>,
  done: DoneRows,
): AsyncGenerator<BatchTarget | BadTarget> {
  for await (const target of targets) {
    if (!done.take("problem" in target ? { ...target, url: target.input } : target)) yield target;
  }
}
