/**
 * The flags that people need first, by command. Each explanation fits on one line of 80 columns beside its flag.
 *
 * @module
 */

/** Stands for the words that the flag accepts. */
export const LIST_WORDS = "";

/** Explanations of at most 53 characters, by the names of commands and flags. */
export const COMMON_FLAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  probe: {
    request: "another method than GET; -I sends HEAD",
    header: "add or replace a field: 'Accept: text/html'",
    data: "send this content by POST; @FILE reads a file",
    location: "follow redirects",
    "max-time": "time limit for the whole exchange (default 10s)",
    expect: "exit with 1 unless it holds: 'status < 400'",
    format: LIST_WORDS,
    output: "write the results to FILE",
    verbose: "show all details; --wire shows every octet",
  },
  batch: {
    format: LIST_WORDS,
    output: "write the rows to FILE",
    expect: "fail rows where it is false: 'status < 400'",
    only: "print only failed, or only ok rows",
    concurrency: "targets probed at the same time (default 50)",
    rate: "starts per second, such as 100/s",
    resume: "skip targets that have a row in FILE",
    ports: "ports for targets without one: 80,443",
    paths: "paths for targets without one: /,/health",
  },
  conn: {
    behind: "proxy in front: 60s, aws-alb, nginx, envoy …",
    expect: "exit with 1 unless it holds: 'idle >= 65s'",
    only: "run only these experiments: close,pipelining",
    "idle-limit": "time to watch a silent connection (default 11s)",
    "total-time": "time limit for all experiments on one URL",
    "dry-run": "show every octet, and send nothing",
    format: LIST_WORDS,
    output: "write the profile to FILE",
    verbose: "show every fact, with excerpts of the wire",
  },
  diff: {
    json: "print one difference a line as JSON",
    output: "write to FILE instead of stdout",
    quiet: "print nothing, only set the exit code",
  },
  show: {
    format: LIST_WORDS,
    output: "write to FILE instead of stdout",
    expect: "judge the rows anew: 'status < 400'",
    only: "print only failed, or only ok rows",
    verbose: "show each row whole, as sonde URL does",
  },
  get: {
    output: "write to FILE; without -o and -O, to stdout",
    "remote-name": "name the file after the URL or the server",
    resume: "continue where an earlier run stopped",
    sha256: "accept only content with this digest",
    force: "replace an existing file",
    location: "follow redirects",
    header: "add or replace a field: 'Accept: text/html'",
  },
  raw: {
    send: "octets to send: 'PING\\r\\n', '\\x00'",
    after: "wait for these octets before the first --send",
    until: "end when these octets arrive",
    wait: "end after this much silence (default 2s)",
    tls: "use TLS",
    crlf: "send each line of stdin or FILE with CRLF",
    hex: "show a hex dump",
    output: "write the received octets to FILE",
  },
  parse: {
    request: "read requests instead of responses",
    method: "methods of the answered requests: GET,HEAD",
    json: "print one message a line as JSON",
    body: "also show the content",
    verbose: "show every place of every deviation",
  },
  watch: {
    check: "only check FILE, and list the permissions",
    once: "run every check once, and set the exit code",
    history: "keep results in this SQLite file",
    only: "only checks with one of these names or tags",
    json: "print runs and changes as JSON lines",
    verbose: "show every run, not only changes",
  },
  report: {
    from: "start: a duration before now, or a date (default 7d)",
    to: "end of the window (default now)",
    only: "only checks with one of these names or tags",
    format: LIST_WORDS,
    output: "write to FILE instead of stdout",
  },
};
