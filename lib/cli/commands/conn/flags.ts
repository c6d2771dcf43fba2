/**
 * The flags of `sonde conn`.
 *
 * @module
 */

import { adviseNearest } from "../../../text/nearest.ts";
import { formatFlag } from "../../output/formats.ts";
import { FRONTS } from "../../../conn/findings/known_timeouts.ts";
import type { Front } from "../../../conn/front.ts";
import { type FlagGroups, type FlagTable, type FlagValues, without } from "../../flags/flag.ts";
import { parseCount, parseList, parseText, parseTimeLimit } from "../../flags/flag_values.ts";
import { EXPECT_FLAGS, GENERAL_FLAGS, OUTPUT_FLAGS } from "../../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../../flags/request_flags.ts";

/** Reads a duration, or the name of a product whose idle timeout is known. */
function parseFront(text: string): Front {
  const name = text.toLowerCase();
  const known = Object.hasOwn(FRONTS, name) ? FRONTS[name] : undefined;
  if (known) return known;
  if (!/^[0-9]/.test(text)) {
    throw new SyntaxError(
      `Cannot use "${text}": write a duration, as in 60s, or a product; ${
        adviseNearest(text, Object.keys(FRONTS))
      }`,
    );
  }
  const idle = parseTimeLimit(text);
  return { name: "the proxy in front", idle };
}

/** Loads the names of all experiments, for shells to complete. */
async function loadExperimentNames(): Promise<readonly string[]> {
  return (await import("../../../conn/experiments.ts")).EXPERIMENTS.map(({ name }) => name);
}

/** The flags that choose the experiments. */
const EXPERIMENT_FLAGS = {
  only: {
    value: "LIST",
    parse: parseList,
    loadWords: async () => ["default", ...await loadExperimentNames()],
    help: "run only these experiments; default stands for those that run without this flag",
  },
  skip: {
    value: "LIST",
    parse: parseList,
    loadWords: loadExperimentNames,
    help: "leave out these experiments",
  },
  "idle-limit": {
    value: "TIME",
    parse: parseTimeLimit,
    help:
      "time to watch a silent connection (default 11s, 6s more than --behind, or 1s more than --expect needs)",
  },
  behind: {
    value: "TIME|NAME",
    parse: parseFront,
    loadWords: () => Promise.resolve(Object.keys(FRONTS)),
    help: `proxy in front of the server: its idle timeout, or ${Object.keys(FRONTS).join(", ")}`,
  },
  "max-requests": {
    value: "N",
    parse: parseCount,
    help:
      "largest number of requests that max-requests sends, except for a few more near common limits of servers (default 1000, or more if --expect needs more)",
  },
  pipeline: {
    value: "N",
    parse: parseCount,
    default: "3",
    help: "number of requests that pipelining sends at once",
  },
  samples: {
    value: "N",
    parse: parseCount,
    default: "2",
    help: "number of connections on which idle-timeout measures",
  },
  "slow-target": {
    value: "TARGET",
    parse: parseText,
    help: "path and query of a slow answer on the same server, for half-close",
  },
  intrusive: { help: "permit experiments that send malformed or oversized requests" },
  "own-host": {
    needs: "intrusive",
    help:
      "the host is your own: permit desync too, which can harm other people's requests behind a shared front end",
  },
  "dry-run": {
    excludes: ["json", "format", "quiet"],
    help: "show every octet that would be sent, and send nothing",
  },
} as const satisfies FlagTable;

/** The flags that choose the output and its destination. */
const CONN_OUTPUT_FLAGS = {
  json: { ...OUTPUT_FLAGS.json, help: "print one profile a line as JSON, the same as --format json" },
  format: formatFlag("profiles"),
  output: { ...OUTPUT_FLAGS.output, help: "write the profile to FILE instead of stdout" },
  verbose: { letter: "v", excludes: ["quiet"], help: "show every fact, with excerpts of the wire" },
  quiet: {
    ...OUTPUT_FLAGS.quiet,
    help: "print no profile and no notes, only set the exit code; -o FILE is still written",
  },
} as const satisfies FlagTable;

/** The flags for the request. The experiments choose its content, version and target themselves. */
const CONN_REQUEST_FLAGS = {
  ...without(REQUEST_FLAGS, "data", "head", "http1.0", "request-target", "raw-request"),
  request: {
    ...REQUEST_FLAGS.request,
    help: "method for the experiments that send content (default GET)",
  },
} as const satisfies FlagTable;

/** The limits of one exchange. The experiments follow no redirects and set their own waits. */
const CONN_LIMIT_FLAGS = without(
  LIMIT_FLAGS,
  "listen-first",
  "first-byte-timeout",
  "max-head",
  "location",
  "max-redirs",
);

/** The limit for a whole run. */
const TOTAL_FLAGS = {
  "total-time": {
    value: "TIME",
    parse: parseTimeLimit,
    help:
      "time limit for all experiments on one URL; unfinished ones have the outcome unknown (default: none)",
  },
} as const satisfies FlagTable;

/** The flags of `sonde conn`. */
export const CONN_FLAGS = {
  "Experiments": EXPERIMENT_FLAGS,
  "Expectations": {
    expect: {
      ...EXPECT_FLAGS.expect,
      help:
        "condition that must hold, or the exit code is 1: 'idle >= 65s', 'pipelining == \"full\"', 'findings.problem == 0'; --help lists all facts",
    },
  },
  "Request": CONN_REQUEST_FLAGS,
  "Reaching the server": REACHING_FLAGS,
  "Limits": { ...TOTAL_FLAGS, ...CONN_LIMIT_FLAGS },
  "Output": CONN_OUTPUT_FLAGS,
  "General": GENERAL_FLAGS,
} as const satisfies FlagGroups;

/** The flags of `sonde conn` as parsed. */
export type ConnFlags = FlagValues<typeof CONN_FLAGS>;
