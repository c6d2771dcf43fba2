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
    bug: "9.996 ms are shown with four figures",
    text: "if (ms < 9.995) return",
    becomes: "if (ms < 9.9999) return",
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
    text: "if (delayed >= LEAST && delayed > SHARE_OF_TOTAL * total) {",
    becomes: "if (delayed > LEAST && delayed > SHARE_OF_TOTAL * total) {",
  },
  {
    bug: "equal counts stand in the order of their arrival",
    text: "n - m || (a < b ? -1 : 1)",
    becomes: "n - m",
  },
];
