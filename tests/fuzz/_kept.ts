/**
 * Counterexamples of the past, as `deno task fuzz` prints them: property and input. The normal test run tries each again.
 *
 * @module
 */

/** Property and input. */
export const KEPT: readonly (readonly [property: string, input: unknown])[] = [
  ["target-host", "http://h\\u:p@-"],
  ["request-anything", {
    wire: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n\rbc",
    limits: { maxHead: 40 },
  }],
  ["state-notices", {
    parts: [{ letter: "d", runs: 1, edit: false }],
    last: "u",
    edits: false,
    failures: 1,
    successes: 3,
    flapping: 1,
    interval: 0.1,
  }],
  ["llhttp-faulty", "\nHTTP/1.1 100 Continue\r\n\r\n"],
];
