/**
 * Bugs of what is printed.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const REPORT_MUTANTS: readonly Mutant[] = [
  {
    bug: "400 is a success",
    text: "(checks.length > 0 || (status ?? 0) < 400)",
    becomes: "(checks.length > 0 || (status ?? 0) <= 400)",
  },
  {
    bug: "500 is only a warning of Nagios",
    text: "return status < 500 ? 1 : 2;",
    becomes: "return status <= 500 ? 1 : 2;",
  },
  {
    bug: "a local fault is critical to Nagios",
    text:
      'if (error !== undefined) return error.by === "local" ? 3 : 2;\n  if (!ok) return 2;\n  if (checks.length',
    becomes: "if (error !== undefined) return 2;\n  if (!ok) return 2;\n  if (checks.length",
  },
  {
    bug: "Nagios takes UNKNOWN for worse than CRITICAL",
    text: "readonly NagiosCode[] = [0, 1, 3, 2]",
    becomes: "readonly NagiosCode[] = [0, 1, 2, 3]",
  },
  {
    bug: "the 90th percentile of ten values is the tenth",
    text: "Math.ceil((p * count) / 100 - ROUNDING_SLACK)",
    becomes: "Math.floor((p * count) / 100) + 1",
  },
  {
    bug: "a formula with @ is not escaped in CSV",
    text: "/^[=+\\-@\\t\\r\\uff1d",
    becomes: "/^[=+\\-\\t\\r\\uff1d",
  },
  {
    bug: "a cell that ends with a blank is not quoted in CSV",
    text: 'const NEEDS_QUOTES = /[",\\r\\n]|^\\s|\\s$/;',
    becomes: 'const NEEDS_QUOTES = /[",\\r\\n]|^\\s/;',
  },
  {
    bug: "a local fault is a failure in JUnit",
    text: 'return { tag: by === "local" ? "error" : "failure", type, message };',
    becomes: 'return { tag: by === "local" ? "failure" : "failure", type, message };',
  },
  {
    bug: "requests that were not measured count as answered",
    text: "lost === 0 ? 0 : lost / (answered + lost)",
    becomes: "lost === 0 ? 0 : lost / (answered + lost + unmeasured)",
  },
  {
    bug: "a local fault is a lost request",
    text: 'if (error.by === "local") this.#unmeasured++;\n      else this.#lost++;',
    becomes: "this.#lost++;",
  },
  {
    bug: "reused connections count as cold",
    text: "connection?.reused ? this.#warm : this.#cold",
    becomes: "connection?.reused ? this.#cold : this.#cold",
  },
  {
    bug: "targets that were not measured count as failed",
    text: "this.#rows - this.#ok - this.#unmeasured",
    becomes: "this.#rows - this.#ok",
  },
  {
    bug: "a fallback to http counts as a retry",
    text: "if (attempts.some(({ url }) => url === undefined)) this.#retried++;",
    becomes: "if (attempts.length > 0) this.#retried++;",
  },
  {
    bug: "a target that does not fit beside the columns is left to the edge of the terminal",
    text: "if (columnsOf(setLine(line, plain)) <= width)",
    becomes: "if (columnsOf(setLine(line, plain)) <= 2 * width)",
  },
  {
    bug: "the columns of a row go in the wrong order",
    text: '  "address",\n  "server",\n  "framing",\n  "connection",\n  "deviations",\n  "receive",',
    becomes: '  "server",\n  "address",\n  "framing",\n  "connection",\n  "deviations",\n  "receive",',
  },
  {
    bug: "a row in a pipe has more than one line",
    text: "return output.terminal ? io.width : Infinity;",
    becomes: "return io.width;",
  },
  {
    bug: "the summary of a batch says a lie of the server twice",
    text: '["against the announcement", "connection-lie"],',
    becomes: "",
  },
  {
    bug: "the fastest targets are the slowest",
    text: "slowest.findIndex((slow) => slow.total < total)",
    becomes: "slowest.findIndex((slow) => slow.total > total)",
  },
  {
    bug: "a second sample of one target has the labels of the first",
    text: "times === 1 ? identity : { ...identity, request: String(times) }",
    becomes: "identity",
  },
  {
    bug: "an overlong sequence is shown as the character it hides",
    text: "if (code < (SMALLEST[octets.length] ?? 0) || code > 0x10ffff) return undefined;",
    becomes: "if (code > 0x10ffff) return undefined;",
  },
  {
    bug: "a tenth of a second of idle timeout is a difference",
    text: "return gap <= Math.max(NEAR, NEAR_SHARE * one.range[0]);",
    becomes: "return gap <= 0;",
  },
  {
    bug: "an ETag that changes is a difference",
    text: '  "etag",\n  "expires",',
    becomes: '  "expires",',
  },
  {
    bug: "lag of exactly the notable time is not counted",
    text: "if (delay >= LEAST && delay > SHARE_OF_TOTAL * total) {",
    becomes: "if (delay > LEAST && delay > SHARE_OF_TOTAL * total) {",
  },
  {
    bug: "equal counts stand in the order of their arrival",
    text: "n - m || (a < b ? -1 : 1)",
    becomes: "n - m",
  },
  {
    bug: "lengths that conflict are announced as the first",
    text: "return elements.every((element) => Number(element) === length) ? length : undefined;",
    becomes: "return length;",
  },
  {
    bug: "a close within a second of the announced timeout disagrees",
    text: "< promised - TIMEOUT_TOLERANCE_MS",
    becomes: "< promised",
  },
  {
    bug: "a close after the announced last request disagrees",
    text: "if (!early || max === 0) return undefined;",
    becomes: "if (!early) return undefined;",
  },
  {
    bug: "a connection that we closed disagrees with its announcement",
    text: 'if (end.by === "us" || end.how === "open") return undefined;',
    becomes: 'if (end.how === "open") return undefined;',
  },
  {
    bug: "deviations that were left out are not counted",
    text: "deviations.reduce((sum, { count = 1 }) => sum + count, 0)",
    becomes: "deviations.length",
  },
  {
    bug: "an info stands before a fatal deviation",
    text: '["fatal", "sender", "tolerated", "info"];',
    becomes: '["info", "sender", "tolerated", "fatal"];',
  },
  {
    bug: "a local fault has FAILED above it",
    text: 'error.by === "local" ? "NOT MEASURED" : "FAILED"',
    becomes: 'error.by === "local" ? "FAILED" : "FAILED"',
  },
  {
    bug: "what could not be told is NO",
    text: 'advice === undefined ? ["bad", "NO"] : ["warning", "??"]',
    becomes: 'advice === undefined ? ["bad", "NO"] : ["warning", "NO"]',
  },
  {
    bug: "an IPv6 address and its port run together",
    text: 'text.includes(":") ? `[${text}]:${port}` : `${text}:${port}`',
    becomes: "`${text}:${port}`",
  },
  {
    bug: "a certificate that expired today expired 0 days ago",
    text: 'if (daysLeft === -1) return ["bad", "EXPIRED less than a day ago"];',
    becomes: "",
  },
  {
    bug: "an expired certificate is a day older than it is",
    text: 'EXPIRED ${formatQuantity(-daysLeft - 1, "day")}',
    becomes: 'EXPIRED ${formatQuantity(-daysLeft, "day")}',
  },
  {
    bug: "ten values are too few for the 90th percentile",
    text: "export const FEWEST_FOR_P90 = 10;",
    becomes: "export const FEWEST_FOR_P90 = 11;",
  },
  {
    bug: "a table of statistics that does not fit is broken in the middle of its columns",
    text: "Math.ceil(STATISTICS.length / fitting)",
    becomes: "Math.floor(STATISTICS.length / fitting)",
  },
  {
    bug: "an expectation that does not hold is not shown in the line",
    text: '`${status ?? "?"}${ok ? "" : " unmet"}`',
    becomes: '`${status ?? "?"}`',
  },
  {
    bug: "DEL stands in a hex dump",
    text: 'octet <= 0x7e ? String.fromCharCode(octet) : "."',
    becomes: 'octet <= 0x7f ? String.fromCharCode(octet) : "."',
  },
  {
    bug: "a hex dump begins at any offset",
    text: "let start = offset - offset % PER_LINE;",
    becomes: "let start = offset;",
  },
  {
    bug: "a vertical line ends a cell of Markdown",
    text: "/[\\\\`*_{}[\\]<>#|~&@]|:",
    becomes: "/[\\\\`*_{}[\\]<>#~&@]|:",
  },
  {
    bug: "an IPv4 address in IPv6 clothes has another hash",
    text: "return mapped ? octets.slice(12) : octets;",
    becomes: "return octets;",
  },
  {
    bug: "times of redirects are left out of the gauges",
    text: "toSeconds(part(chainTimings(result)) ?? 0)",
    becomes: "toSeconds(part(result.timings) ?? 0)",
  },
  {
    bug: "an idle connection that outlived the watch is exported as closed",
    text: 'return fact !== "announced" && atLeast !== undefined ? undefined : value;',
    becomes: "return value;",
  },
  {
    bug: "answers one after the other are no pipelining in the gauges",
    text: 'found === "full" || found === "serialised"',
    becomes: 'found === "full"',
  },
  {
    bug: "an unverified certificate has the gauge of the verified chain",
    text: "result.tls?.verified\n",
    becomes: "result.tls\n",
  },
  {
    bug: "a degraded check is critical",
    text: "  degraded: 1,\n",
    becomes: "  degraded: 2,\n",
  },
  {
    bug: "a limit of the last hop is one of all hops",
    text: 'fact === "timings" && redirects.length > 0',
    becomes: "false",
  },
  {
    bug: "a check that is unknown fails in JUnit",
    text: 'verdict: { ...it.verdict, tag: "error" }',
    becomes: "verdict: it.verdict",
  },
  {
    bug: "a Content-Length that is no number is exported",
    text: "value !== undefined && /^\\d+$/.test(value) ? Number(value) : -1",
    becomes: "value !== undefined ? Number(value) : -1",
  },
  {
    bug: "the connect of a HAR leaves the handshake out",
    text: "UNKNOWN : (connect ?? 0) + (tls ?? 0)",
    becomes: "UNKNOWN : (connect ?? 0)",
  },
  {
    bug: "phases that were not there are taken off the time of a HAR",
    text: "ms === UNKNOWN ? sum : sum + ms",
    becomes: "sum + ms",
  },
  {
    bug: "a cookie with HttpOnly has none",
    text: "        cookie.httpOnly = true;\n",
    becomes: "",
  },
  {
    bug: "a capture with a gap is taken",
    text: "  if (offset === expected) return;\n",
    becomes: "  if (offset >= expected) return;\n",
  },
  {
    bug: "our own FIN is the end in a capture",
    text: 'ends.find(({ how }) => how === "closed");',
    becomes: "ends.at(-1);",
  },
  {
    bug: "figures of checks have a nanosecond",
    text: "String(Math.round(actual * 1000) / 1000)",
    becomes: "String(actual)",
  },
  {
    bug: "an info makes a profile a warning of Nagios",
    text: 'checks.length === 0 && findings.some(({ severity }) => severity !== "info") ? 1 : 0',
    becomes: "checks.length === 0 && findings.length > 0 ? 1 : 0",
  },
  {
    bug: "warnings count though expectations hold",
    text: 'checks.length === 0 && findings.some(({ severity }) => severity !== "info") ? 1 : 0',
    becomes: 'findings.some(({ severity }) => severity !== "info") ? 1 : 0',
  },
  {
    bug: "a quote ends a label",
    text: `return escapeHelp(escapeMessage(value)).replaceAll('"', '\\\\"');`,
    becomes: "return escapeHelp(escapeMessage(value));",
  },
  {
    bug: "the percentile of a histogram is a bucket too low",
    text: "Math.max(1, Math.ceil((p * this.#count) / 100 - 1e-9))",
    becomes: "Math.max(1, Math.floor((p * this.#count) / 100))",
  },
  {
    bug: "the second Content-Type decides the type in a HAR",
    text: 'lines("content-type").at(-1)',
    becomes: 'lines("content-type").at(1)',
  },
  {
    bug: "a number with a fraction is shown with three digits of it",
    text: 'typeof actual === "number" && !ofJson',
    becomes: 'typeof actual === "number"',
  },
  {
    bug: "a degraded check counts as broken",
    text: 'return verdict === "up" || verdict === "degraded";',
    becomes: 'return verdict === "up";',
  },
  {
    bug: "a check in maintenance has a sample of its state",
    text: 'check.verdict === "unknown" || check.excluded !== undefined\n',
    becomes: 'check.verdict === "unknown"\n',
  },
  {
    bug: "a deviation repeats what the error says",
    text: "if (error?.message.includes(message))",
    becomes: "if (error?.message === message)",
  },
  {
    bug: "a single failed try repeats the error",
    text: "if (tries.length === 1 && tries[0]?.error?.message === last?.message) return [];",
    becomes: "if (tries.length === 0) return [];",
  },
  {
    bug: "the request is shown although nothing was sent",
    text: "request?.headers === undefined || request.sentBytes === 0",
    becomes: "request?.headers === undefined",
  },
  {
    bug: "a word that is longer than a line always begins a new one",
    text: "const isLong = end - (before + 1) > next;",
    becomes: "const isLong = end < 0;",
  },
  {
    bug: "the last certificate of a chain is named as if it were an earlier one",
    text: "if (earliest !== undefined && earliest.sha256 !== own?.sha256) {",
    becomes: "if (earliest !== undefined) {",
  },
  {
    bug: "rows that are ok keep their place on a full page, and failed ones find none",
    text: "if (this.#notOk.length + (ok ? this.#ok.length : 0) >= this.#most) return;",
    becomes: "if (this.#notOk.length + this.#ok.length >= this.#most) return;",
  },
  {
    bug: "a page says nothing of rows that --only left out",
    text: "const unwanted = tally.rows - ok - notOk;",
    becomes: "const unwanted = 0;",
  },
  {
    bug: "a page mixes the times of new and reused connections",
    text: 'this.times[connection?.reused ? "warm" : "cold"].add(timings);',
    becomes: "this.times.cold.add(timings);",
  },
  {
    bug: "a page has a group for each duration of one contradiction",
    text: "return describeDisagreement({ ...connection, end }, head);",
    becomes: "return describeDisagreement({ ...connection, end: connection.end }, head);",
  },
  {
    bug: "a page links to rows that its table lacks",
    text: "return kept.has(number) ? `<a href",
    becomes: "return number > 0 ? `<a href",
  },
  {
    bug: "markup of a server reaches the page",
    text: "return `<bdi>${escapeHtml(text)}</bdi>`;",
    becomes: "return `<bdi>${text}</bdi>`;",
  },
  {
    bug: "a page counts the places of a deviation as targets",
    text: "group.places += countDeviations(places);",
    becomes: "group.count += countDeviations(places);",
  },
];
