/**
 * Bugs of connection profiles.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const CONN_MUTANTS: readonly Mutant[] = [
  {
    bug: "a margin of exactly a second is thin",
    text: "const thin = margin < THIN_MARGIN;",
    becomes: "const thin = margin <= THIN_MARGIN;",
  },
  {
    bug: "a server that closes at the same time as the front closes first",
    text: "if (margin < 0) {",
    becomes: "if (margin <= 0) {",
  },
  {
    bug: "a server watched as long as the front keeps is longer",
    text: "if (atLeast <= frontSeconds) return watchedTooShort(atLeast",
    becomes: "if (atLeast < frontSeconds) return watchedTooShort(atLeast",
  },
  {
    bug: "a flow as long as the balancer's memory ends before it",
    text: 'typeof seconds === "number" && seconds < frontSeconds',
    becomes: 'typeof seconds === "number" && seconds <= frontSeconds',
  },
  {
    bug: "a close within the tolerance is a lie",
    text: "/ 1000 < announced - TOLERANCE;",
    becomes: "/ 1000 < announced;",
  },
  {
    bug: "a connection that was not kept is held against its announcement",
    text: "all.filter(({ kept }) => kept !== false)",
    becomes: "all",
  },
  {
    bug: "addresses differ by less than a sweep",
    text: "<= Math.max(SWEEP, 0.1 * timeOf(least))",
    becomes: "<= 0.1 * timeOf(least)",
  },
  {
    bug: "two certificates behind one address are not told",
    text: "certificates < 2) return undefined",
    becomes: "certificates < 3) return undefined",
  },
  {
    bug: "TLS 1.1 is not old",
    text: '["TLSv1", "TLSv1.1"].filter',
    becomes: '["TLSv1"].filter',
  },
  {
    bug: "findings stand in the order in which they are found",
    text: "rank[a.severity] - rank[b.severity]",
    becomes: "0 * (rank[a.severity] - rank[b.severity])",
  },
  {
    bug: "a server that closes after as many answers as it says breaks pipelining",
    text: "(kept === false || cap === answered)",
    becomes: "kept === false",
  },
  {
    bug: "desync needs no host of one's own",
    text: "return intrusive && ownHost;",
    becomes: "return intrusive;",
  },
  {
    bug: "what is left out is not counted",
    text: "    this.leftOut++;\n",
    becomes: "",
  },
  {
    bug: "a warning of the wrong kind of RST is left out",
    text: '["close", "idle-timeout"].find(',
    becomes: '["close"].find(',
  },
  {
    bug: "excess octets are no anomaly of framing",
    text: 'if (typeof surplus === "number" && surplus > 0) {',
    becomes: 'if (typeof surplus === "number" && surplus > 1) {',
  },
  {
    bug: "HEAD must carry Content-Length",
    text: '  "content-length",\n  "transfer-encoding",\n  "trailer",\n  "content-md5",',
    becomes: '  "transfer-encoding",\n  "trailer",\n  "content-md5",',
  },
  {
    bug: "a Date that differs between GET and HEAD is a difference",
    text: '  "date",\n  "age",\n  "proxy-connection",',
    becomes: '  "age",\n  "proxy-connection",',
  },
  {
    bug: "an answer to another request is in its place",
    text: "request !== index + 1 && request <= singles.length",
    becomes: "request === undefined",
  },
  {
    bug: "a refusal of the first request alone is one of pipelining",
    text: "return status >= 400 && status !== alone;",
    becomes: "return status >= 400;",
  },
  {
    bug: "answers one after the other come all at once",
    text: "at - times[index - 1]! >= SHARE * alone",
    becomes: "at - times[index - 1]! >= 3 * alone",
  },
  {
    bug: "a late timer rings without grace",
    text: "if (late <= USUAL) this.#over",
    becomes: "if (late <= 1e9) this.#over",
  },
  {
    bug: "a plan of a name with one address makes the experiment addresses",
    text: 'choice === "addresses" && addresses < 2)',
    becomes: 'choice === "addresses" && addresses < 1)',
  },
  {
    bug: "nginx gets the advice for Node",
    text: "/^(?:nginx|openresty)\\b/i",
    becomes: "/^(?:openresty)\\b/i",
  },
];
