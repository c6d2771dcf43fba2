/**
 * What the help of `sonde watch` says of task files.
 *
 * @module
 */

import type { HelpRow } from "../../command.ts";

const EXAMPLE: readonly string[] = [
  '[{ "name": "shop", "url": "https://shop.example/health", "failures": 3,',
  '   "expect": ["status == 200", "timings.total < 1s"] }]',
];

const CHECK_KEYS: readonly HelpRow[] = [
  ["url", "what to probe; the only key that is needed"],
  ["name", "for people and the history (default the URL)"],
  ["method, headers, body", "the request; a header that is null is left out"],
  ["expect", 'expectations, as with -e (default "status < 400")'],
  ["degraded", "expectations that make it degraded, not down"],
  ["test", "functions by name, in a TypeScript file only"],
  ["interval", 'from one start to the next (default "1m")'],
  ["maxTime", 'for one whole exchange (default "10s")'],
  ["retries", "more tries before a run counts as failed (default 0)"],
  ["failures, successes", "runs in a row before it is down, or up again (default 1)"],
  ["certificateDays", "warn if the certificate ends in fewer days (default 14)"],
  ["maxRedirects", "redirects to follow (default 0)"],
  ["verify", "false goes on with a certificate that is not valid"],
  ["tags", "words for --only"],
  ["${env:NAME}, ${file:PATH}", "stand for secrets in URLs, headers, bodies, webhooks and commands"],
];

const FILE_KEYS: readonly HelpRow[] = [
  ["checks", "the list, where there is more than checks in the file"],
  ["defaults", "keys that all checks have in common"],
  ["webhooks", "URLs, or objects with url and headers, that changes are posted to as JSON"],
  [
    "commands",
    "lists of a program and its arguments, run on each change with SONDE_CHECK, SONDE_KIND, SONDE_CAUSE …",
  ],
];

const DELIVERIES: readonly HelpRow[] = [
  ["one try", "takes 10s at most; none of them delays a check"],
  [
    "if it fails",
    "again after 1s, 2s, 4s … 5m, twelve times; kept in the history, so a restart goes on with it",
  ],
  [
    "with --once",
    "tried for up to 15s after the last check; what is left is named on stderr and kept in the history for the " +
    "next run, or lost without --history; the exit code is that of the checks",
  ],
];

/** What stands in a task file: an example with one check, every key, and how what changed is delivered. */
export function describeTaskFile(): Readonly<Record<string, readonly HelpRow[]>> {
  return {
    "A task file with one check": EXAMPLE.map((line) => [line, ""]),
    "Keys of a check": CHECK_KEYS,
    "Keys of a file that is an object": FILE_KEYS,
    "Deliveries to webhooks and commands": DELIVERIES,
  };
}
