/**
 * Reads a list of targets as a stream.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { addressesOf } from "./address_range.ts";
import type { BadTarget, BatchTarget, Judge } from "./batch_target.ts";
import { type ExpandOptions, expandTarget } from "./expand_target.ts";
import { parseJsonTarget } from "./parse_json_target.ts";
import { LONGEST_LINE, readLines } from "./read_lines.ts";
import { isInShard, type Shard } from "./shard.ts";
import { stableId } from "./stable_hash.ts";

/** Options of {@linkcode readTargets}. */
export interface ReadTargetsOptions extends ExpandOptions {
  /** Reads only the targets of this shard. */
  readonly shard?: Shard | undefined;
  /**
   * Makes a judge from the expectations of a JSON line, and throws a `SyntaxError` if it cannot read one. Without this
   * option, a line with expectations is bad.
   */
  readonly readExpectations?: ((expectations: readonly string[]) => Promise<Judge>) | undefined;
}

const READ_TARGETS_OPTION_NAMES = {
  ports: true,
  paths: true,
  shard: { index: true, count: true } satisfies OptionNames<Shard>,
  readExpectations: true,
} as const satisfies OptionNames<ReadTargetsOptions>;

/** Maximum characters of a bad line that its row shows: enough to find it, and few lines on a screen. */
export const SHOWN = 200;

/**
 * Reads a list with one target a line: a host, `host:port`, URL, address range (`10.0.0.0/24`) or JSON object. Lines
 * end with LF or CR LF, in UTF-8 or in UTF-16 with a byte order mark. Empty lines and lines that begin with `#` are
 * skipped; except in JSON, a blank and `#` begin a comment. Any other line becomes a {@linkcode BadTarget} with its
 * number and the cause, also a row of a table with commas. A URL that cannot be probed is reported when its turn comes.
 *
 * @param pieces The bytes of the list
 * @throws {TypeError} If an option does not exist
 * @throws {EncodingError} After all lines before the fault, if the list has another encoding
 *
 * @example Usage
 * ```ts
 * import { readTargets } from "https://deno.land/x/sonde/lib/batch.ts";
 * import assert from "node:assert/strict";
 *
 * const list = new Blob(["# staging\r\n10.0.0.0/31\r\n10.0.0.0/99\r\n"]).stream();
 * const targets = await Array.fromAsync(readTargets(list));
 * assert.deepEqual(targets.slice(0, 2), [{ url: "10.0.0.0", line: 2 }, { url: "10.0.0.1", line: 2 }]);
 * assert.equal(targets[2]?.line, 3);
 * assert.equal("problem" in targets[2]!, true);
 * ```
 */
export async function* readTargets(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadTargetsOptions = {},
): AsyncGenerator<BatchTarget | BadTarget, void, void> {
  checkOptions(options, READ_TARGETS_OPTION_NAMES);
  const { shard } = options;
  for await (const lines of readLines(pieces)) {
    for (const line of lines) {
      const text = line.text.trim();
      if (isBlank(text)) continue;
      try {
        if (JSON_LIST.test(text)) throw new SyntaxError(NOT_A_LIST);
        if (line.cut) throw new SyntaxError(`The line has more than ${LONGEST_LINE} characters`);
        const targets = text.startsWith("{")
          ? await parseJson(text, line.number, options)
          : parsePlain(parsePlainLine(text), line.number, options);
        for (const target of targets) {
          if (!shard || isInShard(target, shard)) yield target;
        }
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
        const bad = { input: text.slice(0, SHOWN), problem: error.message, line: line.number };
        if (!shard || isInShard(bad, shard)) yield bad;
      }
    }
  }
}

/** Matches the beginning of a list in JSON; `[::1]` is a host. */
const JSON_LIST = /^\[(?:\s*["{[\]]|\s*$)/;

const NOT_A_LIST =
  "The list is a JSON document: write one URL or one object a line, as jq -c '.[]' FILE prints them";

const COMMENT = /\s+#[^]*$/;

/** Tells whether a line without outer blanks names no target. */
export function isBlank(text: string): boolean {
  return text === "" || text.startsWith("#");
}

/**
 * Matches a comma in the host, or in front of the path: `example.com,443`, `http://example.com/,shop`. A comma within a path
 * may be part of it.
 */
const CSV = /^(?:https?:\/\/)?[^/?#@,]*\/?,[^@]*$/i;

/**
 * Removes the comment at the end of a line that is not JSON.
 *
 * @throws {SyntaxError} If the line is a row of a table, which would be probed as one strange URL
 */
export function parsePlainLine(text: string): string {
  const line = text.replace(COMMENT, "");
  if (!line.includes(",") || !CSV.test(line)) return line;
  throw new SyntaxError(
    `Cannot probe ${
      JSON.stringify(line.slice(0, SHOWN))
    }: it is a row with commas; keep the column of targets alone, as cut -d, -f1 FILE prints it`,
  );
}

function* parsePlain(text: string, line: number, options: ReadTargetsOptions): Generator<BatchTarget> {
  for (const input of addressesOf(text) ?? [text]) {
    for (const url of expandTarget(input, options)) yield { url, line };
  }
}

async function parseJson(text: string, line: number, options: ReadTargetsOptions): Promise<BatchTarget[]> {
  const { target, expect } = parseJsonTarget(text);
  const { readExpectations } = options;
  if (expect.length > 0 && !readExpectations) {
    throw new SyntaxError("Cannot check expectations here");
  }
  const judge = expect.length > 0 ? await readExpectations?.(expect) : undefined;
  const settings = judge ? { ...target, judge } : target;
  const id = stableId(text);
  return expandTarget(target.url, options).map((url) => ({ ...settings, url, line, id }));
}
