/**
 * Bugs of one probe, its redirects and series of it.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const PROBE_MUTANTS: readonly Mutant[] = [
  {
    bug: "Cookie goes along to another origin",
    text: '  "cookie",\n  "proxy-authorization",\n  "host",',
    becomes: '  "proxy-authorization",\n  "host",',
  },
  {
    bug: "the client certificate goes along to another origin",
    text: "    delete next.cert;\n",
    becomes: "",
  },
  {
    bug: "a PUT becomes GET at 302",
    text: '(status === 301 || status === 302) && method === "POST"',
    becomes: "(status === 301 || status === 302)",
  },
  {
    bug: "HEAD becomes GET at 303",
    text: 'status === 303 && method !== "HEAD"',
    becomes: "status === 303",
  },
  {
    bug: "308 is not followed",
    text: 'if (!REDIRECTS.has(status)) return { type: "none" };',
    becomes: 'if (!REDIRECTS.has(status) || status === 308) return { type: "none" };',
  },
  {
    bug: "one redirect more than the limit is followed",
    text: "if (hops.length >= this.#limit) {",
    becomes: "if (hops.length > this.#limit) {",
  },
  {
    bug: "a loop of redirects is followed until the limit",
    text: "if (known) return this.#refuse",
    becomes: "if (known && hops.length < 0) return this.#refuse",
  },
  {
    bug: "a body as large as the limit is too large",
    text: "if (data.length > room) this.tooLarge = true;",
    becomes: "if (data.length >= room) this.tooLarge = true;",
  },
  {
    bug: "a charset in capitals is missed",
    text: '"?([^\\s";]+)/i.exec(type)',
    becomes: '"?([^\\s";]+)/.exec(type)',
  },
  {
    bug: "a cookie is shown in the request",
    text: 'new Set(["authorization", "proxy-authorization", "cookie"])',
    becomes: 'new Set(["authorization", "proxy-authorization"])',
  },
  {
    bug: "the first of two rules of --resolve wins",
    text: "rules.findLast((rule) => rule.port === port && isSameHost(rule.host, host))",
    becomes: "rules.find((rule) => rule.port === port && isSameHost(rule.host, host))",
  },
  {
    bug: "a close after an announced one is a lie",
    text: 'if (response.announced.persistent && end.by === "peer") {',
    becomes: 'if (end.by === "peer") {',
  },
  {
    bug: "a server that stays open after close is not told",
    text: 'if (!response.announced.persistent && watched > 0 && end.by !== "peer") {',
    becomes: 'if (!response.announced.persistent && watched < 0 && end.by !== "peer") {',
  },
  {
    bug: "a kept connection is watched as long as a closing one",
    text: "persistent ? linger.kept : linger.closing",
    becomes: "persistent ? linger.closing : linger.kept",
  },
  {
    bug: "a default field that was replaced is sent as well",
    text: "    const [[name, value]] = left.splice(named, 1) as [HeaderChange];",
    becomes: "    const [[name, value]] = left.slice(named, named + 1) as [HeaderChange];",
  },
  {
    bug: "credentials of the options win over those of the URL",
    text: "target.credentials ?? options.credentials",
    becomes: "options.credentials ?? target.credentials",
  },
  {
    bug: "a fallback follows a redirect that failed",
    text: "tls === undefined && redirects.length === 0;",
    becomes: "tls === undefined;",
  },
  {
    bug: "a limit of 0 ms is taken",
    text: '(typeof time === "number" && time > 0)',
    becomes: '(typeof time === "number" && time >= 0)',
  },
  {
    bug: "a series waits after its last request",
    text: "if (!last && !signal?.aborted) {",
    becomes: "if (!signal?.aborted) {",
  },
  {
    bug: "Content-Length stands beside a Transfer-Encoding of the caller's",
    text: "if (body && !isCoded) fields.push",
    becomes: "if (body) fields.push",
  },
  {
    bug: "the method of a raw request is always GET",
    text: '.exec(beginning)?.[1] ?? "GET"',
    becomes: '.exec(beginning)?.[9] ?? "GET"',
  },
  {
    bug: "offsets in the log of the wire stay at 0",
    text: "    this.#received += bytes.length;\n    this.#tell(",
    becomes: "    this.#tell(",
  },
  {
    bug: "a request cut off is complete",
    text: "complete: this.sentAt !== undefined",
    becomes: "complete: true",
  },
  {
    bug: "a dot at the end of a host is part of it for rules",
    text: 'one === other || one.replace(/\\.$/, "") === other.replace(/\\.$/, "")',
    becomes: "one === other",
  },
  {
    bug: "an asterisk of --resolve is ignored",
    text: 'rules.findLast((rule) => rule.port === port && rule.host === "*")',
    becomes: "undefined",
  },
  {
    bug: "failed tries are left out of a result",
    text: "if (dialled?.tries.some((attempt) => attempt.error)) facts.tries = [...dialled.tries];",
    becomes: "",
  },
  {
    bug: "how much content came is not told at a reset",
    text: 'if (body) return ` after ${formatQuantity(body.bytes, "octet")} of content`;',
    becomes: 'if (body) return "";',
  },
  {
    bug: "a rule of --connect-to counts for every port",
    text: "(port === undefined || port === target.port)",
    becomes: "true",
  },
  {
    bug: "different Location fields are followed",
    text: "if (locations.some((other) => other !== locations[0])) {",
    becomes: "if (locations.length > 9) {",
  },
  {
    bug: "SNI stays at a redirect to another host",
    text: "if (from.host !== to.host) delete next.sni;",
    becomes: "",
  },
  {
    bug: "the content goes along with a GET after POST",
    text: "    delete next.body;\n",
    becomes: "",
  },
  {
    bug: "there is no digest unless the text is kept",
    text: "    this.#hash?.update(taken);\n",
    becomes: "    if (keepText) this.#hash?.update(taken);\n",
  },
  {
    bug: "codings are undone in the order in which they were applied",
    text: "for (const name of codings.toReversed()) {",
    becomes: "for (const name of codings) {",
  },
  {
    bug: "what follows a deflate or br coding is ignored",
    text: "if (consumed < coded.length) throw output.followed(coded.length - consumed);",
    becomes: "",
  },
  {
    bug: "what follows a gzip coding is ignored",
    text: "if (member > 0 && !isMember(coded, at)) throw output.followed(coded.length - at);",
    becomes: "if (member > 0 && !isMember(coded, at)) break;",
  },
  {
    bug: "the checksum of gzip is not compared",
    text: "if (trailer.getUint32(0, true) !== sum) {",
    becomes: "if (Number.isNaN(sum)) {",
  },
  {
    bug: "a br coding that is truncated is complete",
    text: "if (consumed > coded.length) throw output.truncated();",
    becomes: "",
  },
  {
    bug: "a small content may not grow",
    text: "if (this.bytes > HARMLESS && this.bytes",
    becomes: "if (this.bytes",
  },
  {
    bug: "a content of the size of the limit is too large",
    text: "if (this.bytes > this.#maxBody) {",
    becomes: "if (this.bytes >= this.#maxBody) {",
  },
  {
    bug: "coded content is not decoded",
    text: 'if (coding === undefined || framing === "none") {',
    becomes: "if (framing !== undefined) {",
  },
  {
    bug: "identity is a coding",
    text: '.filter((name) => name !== "identity")',
    becomes: "",
  },
  {
    bug: "a fault at the first octet of content belongs to the head",
    text: "deviation.offset < offset + headBytes",
    becomes: "deviation.offset <= offset + headBytes",
  },
];
