/**
 * Makes requests that bend the grammar from an ordinary one.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import type { Subject } from "../subject.ts";
import type { RawCase } from "./raw_case.ts";

/** The parts of an ordinary request. */
interface Parts {
  readonly plain: string;
  readonly requestLine: string;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly scheme: string;
  /** Field lines: `host` and `others` together. */
  readonly fields: readonly string[];
  readonly host: string;
  readonly others: readonly string[];
  readonly authority: string;
}

/** A case before it is applied to a request. */
interface BentCase extends Omit<RawCase, "text"> {
  readonly bend: (parts: Parts) => string;
}

const CASES: readonly BentCase[] = [
  {
    name: "bare-lf",
    bend: ({ requestLine, fields }) => make(requestLine, fields, "\n"),
    rule: "RFC 9112 §2.2: may be accepted as a line end",
    wants: "may",
  },
  {
    name: "leading-crlf",
    bend: ({ plain }) => `\r\n${plain}`,
    rule: "RFC 9112 §2.2: should be ignored",
    wants: "accept",
  },
  {
    name: "bare-cr",
    bend: ({ requestLine, fields }) => make(requestLine, [...fields, "X-Sonde: a\rb"]),
    rule: "RFC 9112 §2.2: refuse or replace by SP",
    wants: "may",
  },
  {
    name: "obs-fold",
    bend: ({ requestLine, fields }) => make(requestLine, [...fields, "X-Sonde: a\r\n b"]),
    rule: "RFC 9112 §5.2: refuse with 400 or replace",
    wants: "may",
  },
  {
    name: "blank-before-colon",
    bend: ({ requestLine, fields }) => make(requestLine, [...fields, "X-Sonde : a"]),
    rule: "RFC 9112 §5.1: refuse with 400",
    wants: "reject",
  },
  {
    name: "two-hosts",
    bend: ({ requestLine, host, others }) => make(requestLine, [host, host, ...others]),
    rule: "RFC 9112 §3.2: refuse with 400",
    wants: "reject",
  },
  {
    name: "no-host",
    bend: ({ requestLine, others }) => make(requestLine, others),
    rule: "RFC 9112 §3.2: refuse with 400",
    wants: "reject",
  },
  {
    name: "bad-host",
    bend: ({ requestLine, others }) => make(requestLine, ["Host: a b", ...others]),
    rule: "RFC 9112 §3.2: refuse with 400",
    wants: "reject",
  },
  {
    name: "absolute-form",
    bend: ({ method, target, version, scheme, fields, authority }) =>
      make(`${method} ${scheme}://${authority}${target} ${version}`, fields),
    rule: "RFC 9112 §3.2.2: must be accepted",
    wants: "accept",
  },
  {
    name: "unknown-version",
    bend: ({ method, target, fields }) => make(`${method} ${target} HTTP/1.9`, fields),
    rule: "RFC 9110 §2.5: treat as 1.1",
    wants: "accept",
  },
  {
    name: "version-2",
    bend: ({ method, target, fields }) => make(`${method} ${target} HTTP/2.0`, fields),
    rule: "RFC 9110 §15.6.6: 505 may be answered",
    wants: "may",
  },
  {
    name: "lower-case-method",
    bend: ({ target, version, fields }) => make(`get ${target} ${version}`, fields),
    rule: "RFC 9110 §9.1: methods are case-sensitive",
    wants: "reject",
  },
  {
    name: "two-blanks",
    bend: ({ method, target, version, fields }) => make(`${method}  ${target}  ${version}`, fields),
    rule: "RFC 9112 §3: may be accepted",
    wants: "may",
  },
  {
    name: "nul-in-value",
    bend: ({ requestLine, fields }) => make(requestLine, [...fields, "X-Sonde: a\0b"]),
    rule: "RFC 9110 §5.5: refuse, or replace by SP",
    wants: "may",
  },
  {
    name: "control-in-name",
    bend: ({ requestLine, fields }) => make(requestLine, [...fields, "X\x01Sonde: a"]),
    rule: "RFC 9110 §5.1: not a token",
    wants: "reject",
  },
  {
    name: "http-0.9",
    bend: ({ target }) => `GET ${target}\r\n`,
    rule: "RFC 9112 §2.3: not part of HTTP/1.1 any more",
    wants: "may",
  },
];

const PLAIN_ON_TLS: BentCase = {
  name: "plain-on-tls",
  bend: ({ plain }) => plain,
  rule: "RFC 8446 §6.2: an alert, or an answer in plain HTTP",
  wants: "may",
  open: { plain: true },
};

function make(first: string, lines: readonly string[], end = "\r\n"): string {
  return [first, ...lines, "", ""].join(end);
}

/** Gives the cases for a server; over TLS there is one more. */
export function lenienceCases(subject: Subject): RawCase[] {
  const parts = takeApart(subject);
  const cases = parts.scheme === "https" ? [...CASES, PLAIN_ON_TLS] : CASES;
  return cases.map(({ bend, ...rest }) => ({ ...rest, text: bend(parts) }));
}

function takeApart(subject: Subject): Parts {
  const plain = decodeLatin1(subject.request().bytes);
  const [requestLine = "", ...rest] = plain.split("\r\n");
  const [method = "", target = "", version = ""] = requestLine.split(" ");
  const fields = rest.filter((line) => line !== "");
  const host = fields.find((line) => /^host:/i.test(line)) ?? "Host: localhost";
  const others = fields.filter((line) => line !== host);
  const authority = host.replace(/^host:[ \t]*/i, "");
  return {
    plain,
    requestLine,
    method,
    target,
    version,
    scheme: subject.target.scheme,
    fields,
    host,
    others,
    authority,
  };
}
