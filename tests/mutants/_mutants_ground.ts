/**
 * Bugs of targets, texts, units, timers, phases and lag.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const GROUND_MUTANTS: readonly Mutant[] = [
  {
    bug: "10,000 days are too long",
    text: "if (ms > LONGEST_DURATION)",
    becomes: "if (ms >= LONGEST_DURATION)",
  },
  {
    bug: "a number without a unit is milliseconds",
    text: "BARE_NUMBER.test(text) ? Number(text) * 1000",
    becomes: "BARE_NUMBER.test(text) ? Number(text)",
  },
  {
    bug: "1m1m is a duration",
    text: "if (index <= last) {",
    becomes: "if (index < last) {",
  },
  {
    bug: "KB is 1024 octets",
    text: '["kb", 1e3]',
    becomes: '["kb", 2 ** 10]',
  },
  {
    bug: "one octet has a plural",
    text: "${count === 1 ? noun : plural}",
    becomes: "${plural}",
  },
  {
    bug: "59.96 s are shown as 60 s",
    text: "if (threeDigits(ms / 1000) < 60)",
    becomes: "if (ms / 1000 < 60)",
  },
  {
    bug: "durations above 10 ms are shown with four figures",
    text: "if (value < 9.995) return",
    becomes: "if (value < 99.95) return",
  },
  {
    bug: "99.999 % is shown as 100 %",
    text: "rounded < 100 && rounded > 0 || rounded === percent",
    becomes: "rounded > 0 || rounded === percent",
  },
  {
    bug: "an hour is shown as 60m",
    text: "Math.round(ms / 1000) < 3600",
    becomes: "Math.round(ms / 1000) <= 3600",
  },
  {
    bug: "half an octet is rounded away",
    text: "|| Math.abs(octets - exact) > ROUNDING_ERROR",
    becomes: "",
  },
  {
    bug: "a bare host with port 443 falls back to http",
    text: 'return ["https"];\n',
    becomes: 'return ["https", "http"];\n',
  },
  {
    bug: "port 65536 exists",
    text: "port < 1 || port > 65535",
    becomes: "port < 1 || port > 65536",
  },
  {
    bug: "a fragment is sent",
    text: 'rest.replace(/#[^]*$/, "")',
    becomes: "rest",
  },
  {
    bug: "the zone of an address stands in Host",
    text: '`[${target.host.replace(/%[^]*$/, "")}]`',
    becomes: "`[${target.host}]`",
  },
  {
    bug: "the default port stands in Host",
    text: "return target.port === DEFAULT_PORT[target.scheme] ? host :",
    becomes: "return target.port === 0 ? host :",
  },
  {
    bug: "a backslash in the userinfo is taken",
    text: 'if (text.includes("\\\\")) refuse(',
    becomes: 'if (text.includes("\\\\\\\\")) refuse(',
  },
  {
    bug: "a meter that began within a delay sees all of it",
    text: "Math.min(worst.delay, worst.at - moment)",
    becomes: "worst.delay",
  },
  {
    bug: "a delay that goes on is not seen",
    text: "Math.max(worstSeen(since), performance.now() - Math.max(due, since), 0)",
    becomes: "worstSeen(since)",
  },
  {
    bug: "ordinary turns of the loop add up to lost time",
    text: "lostBefore + (late > NOTABLE ? late : 0)",
    becomes: "lostBefore + Math.max(late, 0)",
  },
  {
    bug: "only the delay that goes on is lost time",
    text: "lostBefore + (late > NOTABLE ? late : 0)",
    becomes: "(late > NOTABLE ? late : 0)",
  },
  {
    bug: "a timer rings early",
    text: "Math.max(0, Math.ceil(ms))",
    becomes: "Math.max(0, Math.floor(ms / 2))",
  },
  {
    bug: "a long timer cannot be called off in its second part",
    text: "let callOff = callAfter(LONGEST_TIMER, () => callOff = callAfter(ms - LONGEST_TIMER, call));",
    becomes: "const callOff = callAfter(LONGEST_TIMER, () => void callAfter(ms - LONGEST_TIMER, call));",
  },
  {
    bug: "an answer before the request was sent took time to receive",
    text: "Math.max(firstOctetAt, sendEnd);",
    becomes: "firstOctetAt;",
  },
  {
    bug: "a wait that failed has no time",
    text: "times.wait = Math.max(0, endedAt - sentAt);",
    becomes: "times.wait = 0;",
  },
  {
    bug: "listening before the request is sonde's own time",
    text: '["dns", "connect", "tls", "listen", "send"',
    becomes: '["dns", "connect", "tls", "send"',
  },
  {
    bug: "big-endian UTF-16 is read as little-endian",
    text: "return decodeUtf16(octets, false);",
    becomes: "return decodeUtf16(octets, true);",
  },
  {
    bug: "a wrong octet is told in the line before",
    text: "this.#fail(`line ${this.#lines + 1} has",
    becomes: "this.#fail(`line ${this.#lines} has",
  },
  {
    bug: "a byte order mark is part of the text",
    text: "from = beginning.mark;",
    becomes: "from = 0;",
  },
  {
    bug: "a NUL is text",
    text: "nul === -1 ? decode(whole) : undefined",
    becomes: "decode(whole)",
  },
  {
    bug: "a text that ends within a character is whole",
    text: "const [first] = this.#rest;",
    becomes: "const [first] = [] as number[];",
  },
  {
    bug: "the certificate of the last hop alone counts",
    text: "for (const { tls, url } of [...result.redirects, result]) {",
    becomes: "for (const { tls, url } of [result]) {",
  },
  {
    bug: "issuers do not count as certificates of a chain",
    text: "[tls.certificate, ...tls.certificate.issuers ?? []]",
    becomes: "[tls.certificate]",
  },
  {
    bug: "the lag of a chain is that of its last hop",
    text: "sums.lag = Math.max(sums.lag ?? 0, hop.timings.lag);",
    becomes: "sums.lag ??= hop.timings.lag;",
  },
];
