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
    text: "kept === false || cap === answered",
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
    bug: "a reset at the idle timeout is not told",
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
    bug: "the experiment addresses is made with one address",
    text: 'choice === "addresses" && addresses < 2)',
    becomes: 'choice === "addresses" && addresses < 1)',
  },
  {
    bug: "nginx gets the advice for Node",
    text: "/^(?:nginx|openresty)\\b/i",
    becomes: "/^(?:openresty)\\b/i",
  },
  {
    bug: "a 400 that closes the connection is held against the server",
    text: 'wanted !== "400" && isEnd(it)',
    becomes: "isEnd(it)",
  },
  {
    bug: "a 304 with content is honoured",
    text: 'result.startsWith("304") ? "broken" : "ignored"',
    becomes: 'result.startsWith("304") ? "honoured" : "ignored"',
  },
  {
    bug: "a range is ignored where none was offered",
    text: 'else if (range !== null && ranges) verdicts.push("ignored");',
    becomes: 'else if (range !== null) verdicts.push("ignored");',
  },
  {
    bug: "a 206 with other octets is right",
    text: 'return sameEntity && content.beginning !== plain.beginning ? "206 with other octets" : "206";',
    becomes: 'return "206";',
  },
  {
    bug: "a 206 of another length is right",
    text: "if (content?.octets !== plain.beginning.length)",
    becomes: "if (content === undefined)",
  },
  {
    bug: "a pause in the content is none",
    text: "if (longestGapMs > GAP) {",
    becomes: "if (longestGapMs > 100 * GAP) {",
  },
  {
    bug: "a slow answer that comes at once is quick",
    text: 'firstOctetMs < QUICK ? "quick" : "at-once"',
    becomes: 'firstOctetMs < 1e9 ? "quick" : "at-once"',
  },
  {
    bug: "a close after max=0 is a lie",
    text: 'if (!persistent || max === 0) return { stop: "announced", lied: false };',
    becomes: 'if (!persistent) return { stop: "announced", lied: false };',
  },
  {
    bug: "a close at the announced timeout is early",
    text: ": after < timeout * 1000 - TOLERANCE;",
    becomes: ": after < timeout * 1000 + TOLERANCE;",
  },
  {
    bug: "a connection that was closed with the answer is idle",
    text: "kept: promised && !(end && ms <= AT_ONCE)",
    becomes: "kept: promised",
  },
  {
    bug: "an idle end is taken for the answer to Connection: close",
    text: "Math.abs(end.after - idle) < SAME",
    becomes: "Math.abs(end.after - idle) < 0",
  },
  {
    bug: "an address that does not answer is left out of the comparison",
    text: 'if (answered.length < all.length) return ["reachable"];',
    becomes: "",
  },
  {
    bug: "what differs from request to request is told of addresses",
    text: "differing = differing.filter((name) => again[name] === seen.get(address)?.[name]);",
    becomes: "void again;",
  },
  {
    bug: "a limit on requests that changes is one",
    text: "if (first.requests !== second.requests) {",
    becomes: "if (first.requests === 0) {",
  },
  {
    bug: "a connection that was still open is not told as a lower bound",
    text: '...(stop !== "server" && { atLeast: requests }),',
    becomes: "",
  },
  {
    bug: "a watch as long as a usual timeout sees both",
    text: "return near === undefined ? limit : near * 1000 + CLEARANCE;",
    becomes: "return limit;",
  },
  {
    bug: "a number of requests as large as a usual limit is kept",
    text: "return near === undefined ? requests : near + CAP_CLEARANCE;",
    becomes: "return requests;",
  },
  {
    bug: "a watch with --behind is as long as without",
    text: "behind ? Math.max(IDLE_LIMIT, behind.idle + BEYOND_FRONT) : IDLE_LIMIT",
    becomes: "IDLE_LIMIT",
  },
  {
    bug: "one sample in place of two",
    text: "samples = 2, method",
    becomes: "samples = 1, method",
  },
  {
    bug: "a redirect is profiled where it leads",
    text: "const contact = row.redirects[0] ?? row;",
    becomes: "const contact = row;",
  },
  {
    bug: "a request is lost though a new connection loses it as well",
    text: 'if ((await other.ask(request, waitMs)).type !== "answered") return undefined;',
    becomes: "await other.ask(request, waitMs);",
  },
  {
    bug: "HEAD with another status is consistent",
    text: "if (get.status !== head.status && get.status === again.status) {",
    becomes: "if (get.status !== head.status && get.status !== again.status) {",
  },
  {
    bug: "HEAD with the length of the content differs",
    text: 'if (inGet === null && name === "content-length" && inHead === String(octets)) continue;',
    becomes: "",
  },
  {
    bug: "an empty answer after a FIN is the usual one",
    text: "if (steady ? seen.bytes !== least : seen.bytes < SHORT_PART * least) {",
    becomes: "if (!steady && seen.bytes < SHORT_PART * least) {",
  },
  {
    bug: "a far earlier answer after a FIN is the usual one",
    text: "seen.ms < EARLY_PART * quickest && quickest - seen.ms >= EARLY_LEAD",
    becomes: "seen.ms < 0",
  },
  {
    bug: "any 503 is a limit on requests",
    text: "if (status === 503 && retryAfter === undefined) return undefined;",
    becomes: "",
  },
  {
    bug: "a 503 that the first contact got too is a limit on requests",
    text: "(status !== 503 || contact === 503)",
    becomes: "status !== 503",
  },
  {
    bug: "Retry-After is in milliseconds",
    text: "Math.min(Number(value), MOST_SECONDS) * 1000;",
    becomes: "Math.min(Number(value), MOST_SECONDS);",
  },
  {
    bug: "none lost in a few tries is a share of none",
    text: "middle) > 1 - CONFIDENCE) low = middle;",
    becomes: "middle) > CONFIDENCE) low = middle;",
  },
  {
    bug: "a hang is a refusal",
    text: "const refused = status === null ? ended : status >= 400;",
    becomes: "const refused = status === null || status >= 400;",
  },
];
