/**
 * Task files, for the help of `sonde watch`.
 *
 * @module
 */

import type { HelpRow } from "../../command.ts";

const EXAMPLE: readonly string[] = [
  '[{ "name": "shop", "url": "https://shop.example/health", "failures": 3,',
  '   "expect": ["status == 200", "timings.total < 1s"] }]',
];

const CHECK_KEYS: readonly HelpRow[] = [
  ["url", "the target; the only required key"],
  ["name", "name in output and history (default: the URL)"],
  ["method, headers, body", "the request; null removes a header"],
  ["form", "fields of a form by name, sent by POST instead of a body"],
  ["bodyFile, rawRequest", "file with the content, or with the whole request; sent unchanged"],
  ["user", "NAME:PASSWORD for Basic authentication"],
  ["userAgent, http10, requestTarget", "as --user-agent, --http1.0 and --request-target"],
  ["expect", 'expectations, as for -e (default "status < 400")'],
  ["degraded", "expectations; if one is false, the check is degraded instead of down"],
  ["test", "functions by name; only in a TypeScript file"],
  ["judge", '"head" gives the verdict with the head of the answer: for streams that never end'],
  [
    "conn",
    'quick experiments of sonde conn at a slower rhythm: true, "6h", ["close"] or { "every": "6h", "experiments": ["close"] }',
  ],
  ["interval", 'time from the start of one run to the start of the next (default "1m")'],
  ["maxTime", 'time limit for the whole exchange (default "10s")'],
  [
    "connectTimeout, firstByteTimeout, listenFirst",
    "as --connect-timeout, --first-byte-timeout and --listen-first",
  ],
  ["maxHead, maxBody", 'size limits for head and content (default "64KiB", "10MiB")'],
  ["retries", "retries before a run counts as failed (default 0)"],
  ["failures, successes", "consecutive runs before the check is down, or up again (default 1)"],
  ["certificateDays", "warn if a certificate expires in fewer days, as in 14 or [21, 7, 1] (default 14)"],
  ["flapping", "changes of the verdict within an hour that make a check flapping (default 6; 0 for never)"],
  ["maxRedirects", "redirects to follow (default 0)"],
  ["verify", "false accepts invalid certificates"],
  ["cacert, cert, key", "PEM files: authorities to trust, client certificate and its private key"],
  ["sni, alpn", "as --sni and --alpn"],
  ["address", "address or address:port to connect to; the request and TLS keep the name in the URL"],
  ["resolve, connectTo", "rules as for --resolve and --connect-to; one, or a list"],
  ["ipv4, ipv6", "true uses addresses of this family only"],
  ["unixSocket, denyPrivate", "as --unix-socket and --deny-private"],
  [
    "maintenance",
    "windows in which runs do not count, as objects with from and to, and optionally days and zone: " +
    '{ "from": "2026-12-24T22:00", "to": "2026-12-25T06:00" } or { "days": ["sun"], "from": "02:00", "to": "04:00" }',
  ],
  ["dependsOn", "name of a check, or a list; while it is down, failing runs are unknown and make no notice"],
  ["remind", 'time between reminders while the check is down, as in "1h" (default: no reminders)'],
  ["tags", "words by which --only selects checks"],
  ["on", "kinds of notices about it: down, up, degraded, certificate … (default all)"],
  [
    "${env:NAME}, ${file:PATH}",
    "placeholders for secrets in requests, addresses, paths and receivers, not in what sonde prints: names, tags and expectations; PATH is relative to the task file",
  ],
];

const FILE_KEYS: readonly HelpRow[] = [
  ["checks", "the list of checks, if the file has other keys too"],
  ["defaults", "keys that all checks share"],
  ["maintenance", "windows in which the runs of all checks do not count"],
  [
    "receivers",
    "objects with type slack, discord, teams, telegram, ntfy, pagerduty, webhook or command; on and only choose notices",
  ],
  ["webhooks", "URLs, or objects with url, headers, method and body; by default sonde posts changes as JSON"],
  [
    "commands",
    "programs with arguments, as lists; sonde runs them on each change with SONDE_CHECK, SONDE_KIND, SONDE_CAUSE …",
  ],
];

const DELIVERIES: readonly HelpRow[] = [
  ["each try", "takes at most 10s and delays no check"],
  [
    "after a failure",
    "sonde tries again after 1s, 2s, 4s … 5m for a day, or after the time of Retry-After; with a history, it continues " +
    "after a restart",
  ],
  [
    "after a refusal",
    "an answer 400 to 499 other than 408, 425 and 429 is final; no other notice waits for it",
  ],
  [
    "with --once",
    "sonde needs --history, and tries for up to 15s after the last check; it names undelivered messages on stderr, and the next " +
    "run with the same history sends them; the exit code depends on the checks alone",
  ],
];

/** Describes task files: an example with one check, every key, and the delivery of changes. */
export function describeTaskFile(): Readonly<Record<string, readonly HelpRow[]>> {
  return {
    "A task file with one check": EXAMPLE.map((line) => [line, ""]),
    "Keys of a check": CHECK_KEYS,
    "Keys of a file that is an object": FILE_KEYS,
    "Deliveries to receivers": DELIVERIES,
  };
}
