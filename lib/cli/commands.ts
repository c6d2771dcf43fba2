/**
 * The commands as data: dispatch and help are generated from this table. A command's module is loaded when it runs.
 *
 * @module
 */

import type { FlagGroups, FlagValues } from "./flags/flag.ts";
import { PROBE_FLAGS } from "./commands/probe/flags.ts";
import type { ParsedFlags } from "./flags/parse_flags.ts";
import type { HelpRow } from "./help_notes.ts";
import type { CommandIo } from "./io.ts";

/** One command. */
export interface Command {
  readonly name: string;
  /** For the list of commands, in lower case, without full stop. */
  readonly summary: string;
  /** What follows the name: `URL…`. */
  readonly operands: string;
  /** Tables of flags by heading; the general flags are among them. Loaded for the command that runs only. */
  loadGroups(): Promise<FlagGroups>;
  /** More for the help, by heading. */
  loadNotes?(): Promise<Readonly<Record<string, readonly HelpRow[]>>>;
  /** Command lines without `sonde`, each with what it does. */
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
  /** Loads the command's module and runs it on what was parsed by its groups; resolves to the exit code. */
  run(args: ParsedFlags<never>, io: CommandIo): Promise<number>;
}

/** Lets the groups of a command give the type of the arguments that its function gets. */
function defineCommand<Groups extends FlagGroups>(
  command: Command & {
    loadGroups(): Promise<Groups>;
    run(args: ParsedFlags<FlagValues<Groups>>, io: CommandIo): Promise<number>;
  },
): Command {
  return command;
}

/** The command that is meant when the first argument names none. */
export const DEFAULT_COMMAND: Command = defineCommand({
  name: "probe",
  summary: "send one request to each URL and show everything that was seen",
  operands: "URL…",
  loadGroups: () => Promise.resolve(PROBE_FLAGS),
  examples: [
    ["https://example.com/", "status, headers, timings, framing, connection, certificate"],
    ["--json https://example.com/", "the same as one line of JSON"],
    ["--wire http://127.0.0.1:8080/", "every octet sent and received"],
    ["-n 20 --reuse https://example.com/", "twenty requests on one connection, with percentiles"],
    ["-e 'status < 400' -e 'certificate.daysLeft > 14' https://example.com/", "exit code 1 unless both hold"],
    ["-H 'Host: shop.example' 10.0.0.7", "one backend by its address, https first, then http"],
  ],
  run: async (args, io) => (await import("./commands/probe/command.ts")).runProbe(args, io),
});

const BATCH: Command = defineCommand({
  name: "batch",
  summary: "probe every target of a list, one row each",
  operands: "FILE…",
  loadGroups: async () => (await import("./commands/batch/flags.ts")).BATCH_FLAGS,
  examples: [
    ["hosts.txt", "a host, host:port, URL, address range or JSON object a line; - is stdin"],
    ["hosts.txt --json -o out.jsonl -c 500", "rows to a file, 500 targets at once"],
    ["hosts.txt --json --resume out.jsonl", "what is not in out.jsonl yet"],
    ["hosts.txt -e 'status < 400' --only failed", "what does not answer as it should"],
    ["hosts.txt --shard 2/4 --json", "the second of four machines"],
  ],
  run: async (args, io) => (await import("./commands/batch/command.ts")).runBatch(args, io),
});

const CONN: Command = defineCommand({
  name: "conn",
  summary: "examine how a server's connections live and die, with findings and advice",
  operands: "URL…",
  loadGroups: async () => (await import("./commands/conn/flags.ts")).CONN_GROUPS,
  loadNotes: async () => (await import("./commands/conn/experiment_help.ts")).describeExperiments(),
  examples: [
    ["http://127.0.0.1:8080/", "the default experiments: a few dozen ordinary requests, 12 s"],
    ["--behind 60s http://backend:8080/", "does the server close idle connections before the proxy does?"],
    ["--behind aws-alb -e 'idle >= 65s' http://backend/", "the same for a deploy's gate, by exit code"],
    ["--only close,pipelining,max-requests -v URL", "some experiments, with the wire excerpts"],
    ["--intrusive --dry-run URL", "the plan with the very octets; nothing is sent"],
  ],
  run: async (args, io) => (await import("./commands/conn/command.ts")).runConn(args, io),
});

const GET: Command = defineCommand({
  name: "get",
  summary: "download the content of a URL: to a file with a digest, resumed where asked for, or to stdout",
  operands: "URL",
  loadGroups: async () => (await import("./commands/get/flags.ts")).GET_FLAGS,
  examples: [
    ["-o big.iso https://example.com/big.iso", "by way of big.iso.part, with progress and SHA-256"],
    ["--resume -o big.iso https://example.com/big.iso", "go on where an earlier run broke off"],
    ["-LO https://example.com/latest", "follow redirects, take the name from the server"],
    ["http://127.0.0.1:8080/", "the content on stdout"],
  ],
  run: async (args, io) => (await import("./commands/get/command.ts")).runGet(args, io),
});

const RAW: Command = defineCommand({
  name: "raw",
  summary: "send octets over TCP or TLS and show what comes back: any protocol",
  operands: "HOST:PORT",
  loadGroups: async () => (await import("./commands/raw/flags.ts")).RAW_FLAGS,
  examples: [
    ["--send 'PING\\r\\n' 127.0.0.1:6379", "a request and its answer"],
    ["--send '' --until '\\n' mail.example.com:25", "a greeting"],
    ["--after '220 ' --send 'QUIT\\r\\n' mail.example.com:25", "a server that speaks first"],
    ["--crlf example.com:80", "a request typed by hand"],
    ["--tls --hex --send '\\x00\\x01' example.com:853", "over TLS, as a hex dump"],
    ["--send-file request.bin --half-close -o answer.bin 127.0.0.1:9000", "files"],
  ],
  run: async (args, io) => (await import("./commands/raw/command.ts")).runRaw(args, io),
});

const WATCH: Command = defineCommand({
  name: "watch",
  summary: "run the checks of a file at their intervals, and tell what changed",
  operands: "FILE",
  loadGroups: async () => (await import("./commands/watch/flags.ts")).WATCH_FLAGS,
  loadNotes: async () => (await import("./commands/watch/task_file_help.ts")).describeTaskFile(),
  examples: [
    ["--check checks.json", "is the file in order?"],
    ["--once checks.json", "every check once, for cron and CI"],
    ["--history uptime.db checks.ts", "as a service, with a history"],
    [
      "--once --format prom -o /srv/textfiles/web.prom checks.json",
      "for a textfile of node_exporter",
    ],
  ],
  run: async (args, io) => (await import("./commands/watch/command.ts")).runWatch(args, io),
});

const DIFF: Command = defineCommand({
  name: "diff",
  summary: "show what changed in behaviour between two saved results or profiles",
  operands: "BEFORE AFTER",
  loadGroups: async () => (await import("./commands/diff/flags.ts")).DIFF_GROUPS,
  examples: [
    [
      "before.json after.json",
      "two files that --json wrote, before and after a deploy; exit code 1 on a difference",
    ],
    ["--json before.ndjson after.ndjson", "two batches, row by row, one difference a line"],
  ],
  run: async (args, io) => (await import("./commands/diff/command.ts")).runDiff(args, io),
});

const PARSE: Command = defineCommand({
  name: "parse",
  summary: "read captured octets and say of them what a probe would; no permission needed for stdin",
  operands: "[FILE]",
  loadGroups: async () => (await import("./commands/parse/flags.ts")).PARSE_FLAGS,
  examples: [
    ["response.bin", "one response or several in a row, with the offsets of what is odd"],
    ["--method HEAD - < answer.bin", "the answer to HEAD, from stdin"],
    ["wire.jsonl", "what --wire=wire.jsonl of another command wrote"],
    ["--request request.bin", "requests"],
  ],
  run: async (args, io) => (await import("./commands/parse/command.ts")).runParse(args, io),
});

const REPORT: Command = defineCommand({
  name: "report",
  summary: "uptime, outages and times from the history of a watch",
  operands: "DB",
  loadGroups: async () => (await import("./commands/report/flags.ts")).REPORT_FLAGS,
  examples: [
    ["uptime.db", "the last seven days"],
    ["--from 2026-03-01 --to 2026-04-01 --format csv uptime.db", "a month, a line for each check"],
    ["--format html -o uptime.html uptime.db", "one page with plots"],
  ],
  run: async (args, io) => (await import("./commands/report/command.ts")).runReport(args, io),
});

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  DEFAULT_COMMAND,
  BATCH,
  CONN,
  DIFF,
  GET,
  RAW,
  PARSE,
  WATCH,
  REPORT,
];
