/**
 * Protects files that a command reads from being overwritten.
 *
 * @module
 */

import { resolve } from "node:path";
import { inputFiles, type InputFlags } from "../flags/input_files.ts";
import { UsageError } from "../usage_error.ts";

/** A file that a command reads. */
export interface OwnInput {
  readonly path: string;
  /** The file in words, as in `the history`. */
  readonly what: string;
}

/**
 * Checks that the file for the output is not one that the command reads, under any name: opening it would empty or damage
 * that file.
 *
 * @param output The file for the output, as the user wrote it
 * @throws {UsageError} If it is one of the inputs
 */
export async function refuseOwnInput(
  output: string | undefined,
  inputs: readonly OwnInput[],
): Promise<void> {
  const target = output === undefined ? undefined : await identifyFile(output);
  if (target === undefined) return;
  for (const { path, what } of inputs) {
    if (await identifyFile(path) === target) throw new UsageError(`Cannot write to ${output}: it is ${what}`);
  }
}

/** The flags that name files to write. */
export interface OutputFlags extends InputFlags {
  readonly output?: string | undefined;
  readonly wire?: string | true | undefined;
}

/**
 * Checks that no file for the output or the log of `--wire` is one that another flag reads, and that both are not the same.
 *
 * @param output The file for the output, if another flag than `-o` names it.
 * @throws {UsageError} If one is.
 */
export async function refuseFlagFiles(flags: OutputFlags, output = flags.output): Promise<void> {
  const wire = typeof flags.wire === "string" && flags.wire !== "-" ? flags.wire : undefined;
  const inputs = inputFiles(flags).map(({ path, flag }) => ({ path, what: `the file of ${flag}` }));
  if (output !== "-") await refuseOwnInput(output, inputs);
  const results = output === undefined ? [] : [{ path: output, what: "the file of -o" }];
  await refuseOwnInput(wire, [...inputs, ...results]);
}

/** Gives an identity that a regular file has under all of its names; `undefined` for a pipe or a device. */
async function identifyFile(path: string): Promise<string | undefined> {
  // The inputs are readable, so an output without the permission to read is another file.
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return resolve(path);
  try {
    const { isFile, dev, ino } = await Deno.stat(path);
    if (!isFile) return undefined;
    return ino === null ? await Deno.realPath(path) : `${dev} ${ino}`;
  } catch {
    // There is no such file yet, or opening it reports the error.
    return resolve(path);
  }
}
