/**
 * The flags of `sonde batch`.
 *
 * @module
 */

import { DRY_RUN_FLAGS } from "../../dry_run/flags.ts";
import { parsePaths, parsePorts } from "../../../batch/expand_target.ts";
import type { FlagGroups, FlagTable, FlagValues } from "../../flags/flag.ts";
import { oneOf, parseCount, parseKeptFile, parseList, parseNumber } from "../../flags/flag_values.ts";
import { EXPECT_FLAGS, GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../../flags/request_flags.ts";

/** Reads starts per second from `N`, `N/s`, `N/m` or `N/h`. */
export function parseRate(text: string): number {
  const [, count, unit = "s"] = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(text) ?? [];
  const seconds = { s: 1, m: 60, h: 3600 }[unit as "s" | "m" | "h"];
  const rate = Number(count) / seconds;
  if (count === undefined || rate === 0) {
    throw new SyntaxError(`Cannot parse rate "${text}": write a number above 0, as in 100/s or 30/m`);
  }
  return rate;
}

/** Reads `I/N`: I from 0 to N, where 0 and N are the same part. */
export function parseShard(text: string): { index: number; count: number } {
  const [, first, second] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (first === undefined || count === 0) {
    throw new SyntaxError(`Cannot parse shard "${text}": write I/N, as in 1/4 for the first of four`);
  }
  if (index > count) {
    throw new RangeError(
      `Cannot use shard "${text}": there are ${count} parts, 1 to ${count} or 0 to ${count - 1}`,
    );
  }
  return { index, count };
}

/** The choice of targets. */
const LIST_FLAGS = {
  ports: {
    value: "LIST",
    parse: parsePorts,
    help: "probe targets without a port on each of these ports: 80,443,8000-8010",
  },
  paths: {
    value: "LIST",
    parse: parsePaths,
    help: "probe targets without a path on each of these paths: /,/health",
  },
  "all-ips": { excludes: ["unix-socket"], help: "probe each address of a name, with a row for each" },
  shard: {
    value: "I/N",
    parse: parseShard,
    help: "probe only part I of N, chosen by a hash of each target; I counts from 1, or from 0",
  },
  resume: {
    value: "FILE",
    parse: parseKeptFile,
    excludes: ["output", "only"],
    help:
      "skip targets that have a row in FILE, and append the rows of the others (with --json); the exit code covers all of them",
  },
} as const satisfies FlagTable;

/** Concurrency, pace and retries. */
const RUNNER_FLAGS = {
  concurrency: {
    letter: "c",
    value: "N",
    parse: parseCount,
    default: "50",
    unlikeCurl: "curl's -c saves cookies: write -H 'Cookie: NAME=VALUE'",
    help: "targets probed at the same time",
  },
  "per-host": { value: "N", parse: parseCount, help: "targets of one host probed at the same time" },
  rate: { value: "N/s", parse: parseRate, help: "starts per second (N/m: per minute), evenly spaced" },
  retry: {
    value: "N",
    parse: parseNumber,
    default: "0",
    help: "retries after a failure, with growing pauses; the row lists every failed try",
  },
  conn: {
    value: "LIST",
    parse: parseList,
    loadWords: async () => (await import("../../../conn/quick.ts")).quickExperiments(),
    help:
      "run these quick experiments of sonde conn on each target that answers: keep-alive,close,… (with --json or --expect)",
  },
  ordered: {
    help:
      "print the rows in the order of the list; at most 10,000 targets run ahead of the oldest one without a row",
  },
} as const satisfies FlagTable;

/** The flags that choose the output and its destination. */
const BATCH_OUTPUT_FLAGS = {
  json: { ...OUTPUT_FLAGS.json, help: "print one row a line as JSON, the same as --format json" },
  format: OUTPUT_FLAGS.format,
  output: { ...OUTPUT_FLAGS.output, help: "write the rows to FILE instead of stdout" },
  only: {
    value: "WHICH",
    parse: oneOf("failed", "ok"),
    help: "print only failed or only ok rows; counts and exit code still cover all rows",
  },
  body: { help: "keep the content of each response in its JSON row, with gzip, deflate and br decoded" },
  quiet: {
    ...OUTPUT_FLAGS.quiet,
    help: "print no rows and no summary, only set the exit code; -o FILE is still written",
  },
  progress: {
    value: "WHEN",
    parse: oneOf("auto", "never"),
    default: "auto",
    help: "auto shows progress on a terminal; never hides it",
  },
} as const satisfies FlagTable;

/** The flags of `sonde batch`. */
export const BATCH_FLAGS = {
  "The list": LIST_FLAGS,
  "Running the list": RUNNER_FLAGS,
  "Expectations": EXPECT_FLAGS,
  "Output": { ...BATCH_OUTPUT_FLAGS, ...DRY_RUN_FLAGS },
  "Request": REQUEST_FLAGS,
  "Reaching the servers": REACHING_FLAGS,
  "Limits of each target": LIMIT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde batch` as parsed. */
export type BatchFlags = FlagValues<typeof BATCH_FLAGS>;
