/**
 * The table of commands. A command is one row here and one folder in `commands/`, whose modules are loaded when it runs.
 *
 * @module
 */

import { ABOUT_COMMANDS } from "./about_commands.ts";
import { type Command, defineCommand, type ExitCodes, type HelpRow } from "./command.ts";
import { PROBE_FLAGS } from "./commands/probe/flags.ts";

const USAGE = "the command line is wrong";
const INTERRUPTED = "you interrupted the run; everything printed before is complete";

const READ: HelpRow = ["--allow-read=FILE", "to read a file that a flag or an operand names"];
const WRITE: HelpRow = ["--allow-write=FILE", "to write a file that a flag names"];

/** Exit codes and permissions of the commands that measure targets. */
const PROBING: { readonly exitCodes: ExitCodes; readonly permissions: readonly HelpRow[] } = {
  exitCodes: {
    0: "every target is ok",
    1: "at least one target failed, or an expectation was false",
    2: "the command line is wrong; nothing was probed",
    3: "no target failed, but sonde could not measure at least one, because of a local fault or a missing permission",
    130: INTERRUPTED,
  },
  permissions: [["--allow-net", "to probe"], READ, WRITE],
};

const PROBE: Command = defineCommand({
  name: "probe",
  summary: "send one request to each URL and show everything that happened",
  operands: "URL…",
  // Imported statically, since it is the default, and a single probe should start quickly.
  loadFlags: () => Promise.resolve(PROBE_FLAGS),
  loadNotes: async () => (await import("./fact_help.ts")).describeFacts("result"),
  examples: [
    ["https://example.com/", "show status, headers, timings, framing, connection and certificate"],
    ["--json https://example.com/", "print the same as one line of JSON"],
    ["--wire http://127.0.0.1:8080/", "show every octet sent and received"],
    ["-n 20 --reuse https://example.com/", "send twenty requests on one connection, and show percentiles"],
    [
      "-e 'status < 400' -e 'certificate.daysLeft > 14' https://example.com/",
      "exit with code 1 unless both hold",
    ],
    [
      "--dry-run -d @order.json https://example.com/",
      "show the request and its permissions, and send nothing",
    ],
    ["-H 'Host: shop.example' 10.0.0.7", "probe one backend by its address: https first, then http"],
  ],
  ...PROBING,
  run: async (args, io) => (await import("./commands/probe/command.ts")).runProbe(args, io),
});

const BATCH: Command = defineCommand({
  name: "batch",
  summary: "probe every target of a list and print a row for each",
  operands: "FILE…",
  completes: "files",
  loadFlags: async () => (await import("./commands/batch/flags.ts")).BATCH_FLAGS,
  loadNotes: async () => (await import("./fact_help.ts")).describeFacts("row"),
  examples: [
    ["hosts.txt", "each line is a host, host:port, URL, address range or JSON object; - is stdin"],
    ["hosts.txt --json -o out.jsonl -c 500", "write the rows to a file, and probe 500 targets at once"],
    ["hosts.txt --dry-run", "count the targets, show the first ten, and send nothing"],
    ["hosts.txt --json --resume out.jsonl", "probe only targets that have no row in out.jsonl yet"],
    ["hosts.txt -e 'status < 400' --only failed", "print only targets that fail the expectation"],
    ["hosts.txt --shard 2/4 --json", "probe the second of four parts, on the second of four machines"],
  ],
  ...PROBING,
  exitCodes: {
    ...PROBING.exitCodes,
    2: "the command line is wrong, or no list has a target; nothing was probed",
  },
  run: async (args, io) => (await import("./commands/batch/command.ts")).runBatch(args, io),
});

const CONN: Command = defineCommand({
  name: "conn",
  summary: "measure how a server treats its connections, with findings and advice",
  operands: "URL…",
  loadFlags: async () => (await import("./commands/conn/flags.ts")).CONN_FLAGS,
  loadNotes: async () => ({
    ...(await import("./commands/conn/experiment_help.ts")).describeExperiments(),
    ...(await import("./fact_help.ts")).describeFacts("profile"),
  }),
  examples: [
    ["http://127.0.0.1:8080/", "run the default experiments: a few dozen ordinary requests in 12 s"],
    ["--behind 60s http://backend:8080/", "does the server close idle connections before the proxy does?"],
    [
      "--behind aws-alb -e 'idle >= 65s' http://backend/",
      "the same question as a gate for deploys: exit code 1 means too early",
    ],
    ["--only close,pipelining,max-requests -v URL", "run three experiments, and show excerpts of the wire"],
    ["--intrusive --dry-run URL", "show the plan with the exact octets, and send nothing"],
  ],
  ...PROBING,
  run: async (args, io) => (await import("./commands/conn/command.ts")).runConn(args, io),
});

const DIFF: Command = defineCommand({
  name: "diff",
  summary: "compare two saved runs, results or profiles, and show what changed",
  operands: "BEFORE AFTER",
  completes: "files",
  loadFlags: async () => (await import("./commands/diff/flags.ts")).DIFF_FLAGS,
  examples: [
    ["before.json after.json", "compare two files that --json wrote, before and after a deploy"],
    [
      "monday.jsonl tuesday.jsonl",
      "compare two batches target by target: new failures first, a summary at the end",
    ],
    ["--json monday.jsonl tuesday.jsonl", "print one difference a line, and the summary as the last line"],
  ],
  exitCodes: {
    0: "the behaviour is the same",
    1: "there is a difference",
    2: "the command line is wrong, or a file holds no rows",
    3: "there is no difference, but a line could not be read; or a file could not be read or written",
  },
  permissions: [READ, WRITE],
  run: async (args, io) => (await import("./commands/diff/command.ts")).runDiff(args, io),
});

const SHOW: Command = defineCommand({
  name: "show",
  summary: "print rows that batch, probe or conn saved with --json, in any format",
  operands: "FILE…",
  completes: "files",
  loadFlags: async () => (await import("./commands/show/flags.ts")).SHOW_FLAGS,
  loadNotes: async () => (await import("./fact_help.ts")).describeFacts("row"),
  examples: [
    ["rows.jsonl", "print the table and the summary of a batch again; - is stdin"],
    ["part-*.jsonl --format csv -o all.csv", "make one table of all parts of a list"],
    ["rows.jsonl --only failed --json | sonde batch -", "probe the failed ones again"],
    ["rows.jsonl -e 'status < 400' --only failed", "print the rows that fail an expectation"],
    ["rows.jsonl -e 'timings.total < 1s' --json", "judge the rows anew, and print them as rows again"],
  ],
  exitCodes: {
    0: "every row is ok",
    1: "at least one row failed, or an expectation was false",
    2: "the command line is wrong, or no file holds a row",
    3: "no row failed, but one has no verdict, or a file or a line could not be read",
    130: INTERRUPTED,
  },
  permissions: [READ, WRITE],
  run: async (args, io) => (await import("./commands/show/command.ts")).runShow(args, io),
});

const GET: Command = defineCommand({
  name: "get",
  summary: "download the content of a URL to a file, with digest and resume, or to stdout",
  operands: "URL",
  loadFlags: async () => (await import("./commands/get/flags.ts")).GET_FLAGS,
  examples: [
    [
      "-o big.iso https://example.com/big.iso",
      "write big.iso.part first, then rename it; show progress and SHA-256",
    ],
    ["--resume -o big.iso https://example.com/big.iso", "continue where an earlier run stopped"],
    ["-LO https://example.com/latest", "follow redirects, take the file name from the server"],
    ["http://127.0.0.1:8080/", "write the content to stdout"],
  ],
  exitCodes: {
    0: "the whole content arrived and, with --sha256, has that digest",
    1: "the download failed; with -o or -O, FILE.part keeps what arrived",
    2: USAGE,
    3: "a local fault, such as a file that cannot be written, or a missing permission",
    130: "interrupted; with -o or -O, FILE.part keeps what arrived",
  },
  permissions: [
    ["--allow-net", "to download"],
    ["--allow-read=FOLDER", "to keep FILE.part in the folder of the file, and to resume it"],
    ["--allow-write=FOLDER", "to write FILE.part and the file"],
  ],
  run: async (args, io) => (await import("./commands/get/command.ts")).runGet(args, io),
});

const RAW: Command = defineCommand({
  name: "raw",
  summary: "send octets over TCP or TLS and show the answer, in any protocol",
  operands: "HOST:PORT",
  loadFlags: async () => (await import("./commands/raw/flags.ts")).RAW_FLAGS,
  examples: [
    ["--send 'PING\\r\\n' 127.0.0.1:6379", "send a request, and show the answer"],
    ["--send '' --until '\\n' mail.example.com:25", "read a greeting"],
    [
      "--after '220 ' --send 'QUIT\\r\\n' mail.example.com:25",
      "wait for the greeting of a server that speaks first",
    ],
    ["--crlf example.com:80", "type a request by hand"],
    ["--tls --hex --send '\\x00\\x01' example.com:853", "send over TLS, and show the answer as a hex dump"],
    ["--send-file request.bin --half-close -o answer.bin 127.0.0.1:9000", "files"],
  ],
  exitCodes: {
    0: "everything was sent, and then the server closed or a flag ended the exchange",
    1: "no connection, a reset, a timeout, or not everything could be sent",
    2: USAGE,
    3: "a local fault or a missing permission",
    130: INTERRUPTED,
  },
  permissions: [["--allow-net", "to connect"], READ, WRITE],
  run: async (args, io) => (await import("./commands/raw/command.ts")).runRaw(args, io),
});

const PARSE: Command = defineCommand({
  name: "parse",
  summary: "read captured octets and describe them as a probe would",
  operands: "[FILE]",
  completes: "files",
  loadFlags: async () => (await import("./commands/parse/flags.ts")).PARSE_FLAGS,
  examples: [
    ["response.bin", "read one or more responses, with the offset of every deviation"],
    ["--method HEAD - < answer.bin", "read the answer to HEAD from stdin"],
    ["wire.jsonl", "read a capture that --wire=wire.jsonl of another command wrote"],
    ["--request request.bin", "requests"],
  ],
  exitCodes: {
    0: "every message is complete",
    1: "a message is incomplete, or the input holds none",
    2: USAGE,
    3: "the file could not be read",
  },
  permissions: [["--allow-read=FILE", "to read FILE; stdin needs no permission"]],
  run: async (args, io) => (await import("./commands/parse/command.ts")).runParse(args, io),
});

const WATCH: Command = defineCommand({
  name: "watch",
  summary: "run the checks of a file at their intervals and tell what changed",
  operands: "FILE",
  completes: "files",
  loadFlags: async () => (await import("./commands/watch/flags.ts")).WATCH_FLAGS,
  loadNotes: async () => (await import("./commands/watch/task_file_help.ts")).describeTaskFile(),
  examples: [
    ["--check checks.json", "check that the task file is valid"],
    ["--once checks.json", "run every check once, for cron and CI"],
    ["--history uptime.db checks.ts", "run as a service, with a history"],
    ["--once --format prom -o /srv/textfiles/web.prom checks.json", "write a textfile for node_exporter"],
  ],
  exitCodes: {
    0: "with --once, every check is ok; with --check, the task file is valid and no permission is missing",
    1: "with --once, at least one check failed",
    2: "the command line or the task file is wrong",
    3: "no check failed, but sonde could not measure all of them, read the task file, open the history or write its output; with --check, a permission is missing",
    130:
      "SIGINT or SIGTERM ended the watch, the normal end of a service; everything printed before is complete",
  },
  permissions: [
    ["--allow-net", "to probe, and for receivers; watch --check FILE lists every permission"],
    ["--allow-read", "to read the task file, the files that it names, and the history"],
    ["--allow-write", "to write the history and the file of -o"],
    ["--allow-env=NAME", "to read the variable of each ${env:NAME} in the task file"],
    ["--allow-run=PROGRAM", "to run each command of the task file"],
  ],
  run: async (args, io) => (await import("./commands/watch/command.ts")).runWatch(args, io),
});

const REPORT: Command = defineCommand({
  name: "report",
  summary: "show uptime, outages and latency from the history of a watch",
  operands: "DB",
  completes: "files",
  loadFlags: async () => (await import("./commands/report/flags.ts")).REPORT_FLAGS,
  examples: [
    ["uptime.db", "report on the last seven days"],
    [
      "--from 2026-03-01 --to 2026-04-01 --format csv uptime.db",
      "report on a month, one line for each check",
    ],
    ["--format html -o uptime.html uptime.db", "write one HTML page with plots"],
    ["--forget shop uptime.db", "remove a check and its runs from the history"],
  ],
  exitCodes: {
    0: "sonde printed the report, whatever it says, or removed the checks",
    2: "the command line is wrong, or the history has no check with one of the names",
    3: "the history could not be read or written, or the report could not be written",
  },
  permissions: [
    ["--allow-read=FOLDER", "to read the history, with DB-wal and DB-shm beside it"],
    ["--allow-write=FOLDER", "to write the file of -o, or the history with --forget"],
  ],
  run: async (args, io) => (await import("./commands/report/command.ts")).runReport(args, io),
});

/** Every command, in the order of the help. The first one runs if the first argument names no command. */
export const COMMANDS: readonly [Command, ...Command[]] = [
  PROBE,
  BATCH,
  CONN,
  DIFF,
  SHOW,
  GET,
  RAW,
  PARSE,
  WATCH,
  REPORT,
  ...ABOUT_COMMANDS,
];

/** The command of `sonde URL`. */
export const DEFAULT_COMMAND: Command = COMMANDS[0];
