/**
 * `sonde diff A B`: compares the behaviour in two saved results or profiles.
 *
 * @module
 */

import { chosenFormat, type Compared, loadFormatter } from "../../output/formats.ts";
import { formatDocument, lineFormatter } from "../../../report/formatter.ts";
import { diffSaved, kindOfSaved, type Saved } from "../../../report/diff/diff.ts";
import { formatDiff } from "../../../report/diff/diff_text.ts";
import { decodeText } from "../../../text/decode/text_reader.ts";
import { ExitCode } from "../../exit_code.ts";
import type { DiffFlags } from "./flags.ts";
import type { ParsedFlags } from "../../flags/parse_flags.ts";
import { readInputFile } from "../../input_file.ts";
import type { CommandIo } from "../../io.ts";
import { openOutput } from "../../output/open_output.ts";
import { isSilent } from "../../output/silent.ts";
import { parseUsage, UsageError } from "../../usage_error.ts";

/**
 * Compares two files of one JSON object a line.
 *
 * @returns 0 if the behaviour is the same, 1 if not.
 * @throws {UsageError} If there are not two files, or they hold no results.
 * @throws {LocalFault} If a file cannot be read or written.
 */
export async function runDiff(args: ParsedFlags<DiffFlags>, io: CommandIo): Promise<number> {
  const { flags, operands: [before, after, ...more] } = args;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError(
      "Cannot compare: write the names of two files from sonde --json or sonde conn --json",
    );
  }
  if (before === "-" && after === "-") throw new UsageError("Cannot compare stdin with itself");
  const old = await readSaved(before, io);
  const young = await readSaved(after, io);
  const compared = parseUsage(() => pair(old, young));
  await using file = await openOutput(flags, io);
  const output = file ?? io.stdout;
  const view = { paint: await io.paintFor(output), width: io.width };
  const formatter = await loadFormatter("differences", chosenFormat(flags)) ??
    lineFormatter<Compared>(({ input, differences }) => formatDiff(input, differences, view));
  if (!isSilent(flags)) await output.write(formatDocument(formatter, compared));
  return compared.some(({ differences }) => differences.length > 0) ? ExitCode.failed : ExitCode.ok;
}

async function readSaved(path: string, io: CommandIo): Promise<Saved[]> {
  const octets = await readInputFile(path, io.stdin);
  const text = parseUsage(() => decodeText(octets), `Cannot compare ${path}`);
  const saved = parseObjects(text, path);
  if (saved.length === 0) throw new UsageError(`Cannot compare ${path}: it is empty`);
  return saved;
}

/** Parses one object, which may take several lines, or one object a line. */
function parseObjects(text: string, path: string): Saved[] {
  const whole = parseJson(text);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const values = whole === undefined ? lines.map(parseJson) : Array.isArray(whole) ? whole : [whole];
  return values.map((value, index) => {
    if (kindOfSaved(value) !== undefined) return value as Saved;
    const where = values.length > 1 ? ` at line ${index + 1}` : "";
    throw new UsageError(
      `Cannot compare ${path}: it holds no result or profile in JSON${where}`,
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller reports the line.
    return undefined;
  }
}

/** Pairs two single objects whatever their inputs are, and the objects of two lists by their inputs. */
function pair(old: readonly Saved[], young: readonly Saved[]): Compared[] {
  const [first] = old;
  const [second] = young;
  if (old.length === 1 && young.length === 1 && first && second) {
    const input = first.input === second.input ? first.input : `${first.input} → ${second.input}`;
    return [{ input, differences: diffSaved(first, second) }];
  }
  const left = [...young];
  const compared = old.map((saved): Compared => {
    const at = left.findIndex(({ input }) => input === saved.input);
    if (at === -1) {
      return { input: saved.input, differences: [{ fact: "row", before: "present", after: null }] };
    }
    const [partner] = left.splice(at, 1);
    return { input: saved.input, differences: diffSaved(saved, partner!) };
  });
  const added = left.map(({ input }) => ({
    input,
    differences: [{ fact: "row", before: null, after: "present" }],
  }));
  return [...compared, ...added];
}
