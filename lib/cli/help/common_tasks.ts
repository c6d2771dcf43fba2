/**
 * The things that people do most often with sonde. The help on one screen, the whole help, and the README show them.
 *
 * @module
 */

/** One common task. */
export interface CommonTask {
  /** The purpose: at most 24 characters. */
  readonly does: string;
  /** The command lines, in their order. */
  readonly lines: readonly string[];
}

/** The common tasks, beginning with the first one that a newcomer has. */
export const COMMON_TASKS: readonly CommonTask[] = [
  { does: "see head, timing, TLS", lines: ["sonde https://example.com/"] },
  { does: "see the content, too", lines: ["sonde --body https://example.com/"] },
  { does: "follow redirects", lines: ["sonde -L https://example.com/"] },
  { does: "ask one backend directly", lines: ["sonde --connect-to ::10.0.0.7: https://example.com/"] },
  { does: "time twenty requests", lines: ["sonde -n 20 https://example.com/"] },
  { does: "fail in CI: exit code 1", lines: ["sonde -e 'status < 400' https://example.com/"] },
  { does: "probe a list of hosts", lines: ["sonde batch hosts.txt"] },
  { does: "save JSON, CSV or HTML", lines: ["sonde batch hosts.txt --format csv -o rows.csv"] },
  { does: "keep-alive behind an ALB", lines: ["sonde conn --behind aws-alb http://10.0.0.7:8080/"] },
  { does: "download a file", lines: ["sonde get -O https://example.com/big.iso"] },
  {
    does: "compare before and after",
    lines: ["sonde --json -o before.json https://example.com/", "sonde diff before.json after.json"],
  },
  {
    does: "watch, and report uptime",
    lines: ["sonde watch --history uptime.db checks.json", "sonde report uptime.db"],
  },
  { does: "talk to any TCP port", lines: ["sonde raw --send 'PING\\r\\n' 127.0.0.1:6379"] },
];

/** Notes without which a newcomer could not do these tasks, one a line of at most 80 characters. */
export const TASK_NOTES: readonly string[] = [
  "hosts.txt: one host, host:port or URL a line. -X -H -d -u -k -m -I are curl's.",
  'checks.json: [{ "name": "shop", "url": "https://example.com/" }]',
  "-e: 'timings.total < 1s', 'body ~ /ok/', 'certificate.daysLeft > 14'",
  "Exit codes: 0 ok, 1 failed, 2 wrong command line, 3 could not measure",
];

/** Columns of the purpose of a task, and of the widest task with its command line. */
const COMMAND_COLUMN = 26;
const TASK_WIDTH = 80;

/** Puts the command lines beside their purpose, or whole below it on a narrow terminal. */
export function layOutTask({ does, lines }: CommonTask, width: number): string {
  if (width < TASK_WIDTH) return `  ${does}\n${lines.map((line) => `      ${line}\n`).join("")}`;
  const rows = lines.map((line, index) => `  ${(index === 0 ? does : "").padEnd(COMMAND_COLUMN)}${line}\n`);
  return rows.join("");
}
