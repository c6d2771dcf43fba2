/**
 * Experiment `leniency`.
 *
 * @module
 */

import { decodeLatin1, encodeLatin1 } from "../http/octets.ts";
import type { Experiment, Verdict } from "./experiment.ts";
import type { Lab } from "./lab.ts";
import { sayCount } from "./observe.ts";
import { type RawCase, type RawVerdict, runRawCase, sayVerdict } from "./raw_case.ts";
import type { Subject } from "./subject.ts";

type Outcome = "strict" | "lenient";

/** How a server takes requests that are not as the grammar has them. */
export const LENIENCY: Experiment<Outcome> = {
  name: "leniency",
  question: "What does the server make of requests that bend the grammar?",
  sends: "some fifteen malformed GETs, each on a connection of its own",
  choice: "intrusive",
  outcomes: {
    strict: "whatever has to be refused is refused, and what has to be taken is taken",
    lenient: "the server takes requests that it has to refuse, or refuses what it has to take",
  },
  connections: () => 1,
  atMost: () => 16 * 3_150,
  plan: (subject) =>
    lenienceCases(subject).map(({ name, text, rule }) => ({
      note: `${name} (${rule})`,
      bytes: encodeLatin1(text),
    })),
  run: runLeniency,
};

/** The cases, made from an ordinary request. */
function lenienceCases(subject: Subject): RawCase[] {
  const plain = decodeLatin1(subject.request().bytes);
  const [requestLine = "", ...rest] = plain.split("\r\n");
  const [method, target, version] = requestLine.split(" ");
  const fields = rest.filter((line) => line !== "");
  const host = fields.find((line) => /^host:/i.test(line)) ?? "Host: localhost";
  const others = fields.filter((line) => line !== host);
  const make = (first: string, lines: readonly string[], end = "\r\n"): string =>
    [first, ...lines, "", ""].join(end);
  const authority = host.replace(/^host:[ \t]*/i, "");
  const { scheme } = subject.target;
  const cases: RawCase[] = [
    {
      name: "bare-lf",
      text: make(requestLine, fields, "\n"),
      rule: "RFC 9112 §2.2: may be taken for a line end",
      wants: "may",
    },
    { name: "leading-crlf", text: `\r\n${plain}`, rule: "RFC 9112 §2.2: should be ignored", wants: "accept" },
    {
      name: "bare-cr",
      text: make(requestLine, [...fields, "X-Sonde: a\rb"]),
      rule: "RFC 9112 §2.2: refuse or replace by SP",
      wants: "may",
    },
    {
      name: "obs-fold",
      text: make(requestLine, [...fields, "X-Sonde: a\r\n b"]),
      rule: "RFC 9112 §5.2: refuse with 400 or replace",
      wants: "may",
    },
    {
      name: "blank-before-colon",
      text: make(requestLine, [...fields, "X-Sonde : a"]),
      rule: "RFC 9112 §5.1: refuse with 400",
      wants: "reject",
    },
    {
      name: "two-hosts",
      text: make(requestLine, [host, host, ...others]),
      rule: "RFC 9112 §3.2: refuse with 400",
      wants: "reject",
    },
    {
      name: "no-host",
      text: make(requestLine, others),
      rule: "RFC 9112 §3.2: refuse with 400",
      wants: "reject",
    },
    {
      name: "bad-host",
      text: make(requestLine, ["Host: a b", ...others]),
      rule: "RFC 9112 §3.2: refuse with 400",
      wants: "reject",
    },
    {
      name: "absolute-form",
      text: make(`${method} ${scheme}://${authority}${target} ${version}`, fields),
      rule: "RFC 9112 §3.2.2: has to be taken",
      wants: "accept",
    },
    {
      name: "unknown-version",
      text: make(`${method} ${target} HTTP/1.9`, fields),
      rule: "RFC 9110 §2.5: treat as 1.1",
      wants: "accept",
    },
    {
      name: "version-2",
      text: make(`${method} ${target} HTTP/2.0`, fields),
      rule: "RFC 9110 §15.6.6: 505 may be answered",
      wants: "may",
    },
    {
      name: "lower-case-method",
      text: make(`get ${target} ${version}`, fields),
      rule: "RFC 9110 §9.1: methods are case-sensitive",
      wants: "reject",
    },
    {
      name: "two-blanks",
      text: make(`${method}  ${target}  ${version}`, fields),
      rule: "RFC 9112 §3: may be taken",
      wants: "may",
    },
    {
      name: "nul-in-value",
      text: make(requestLine, [...fields, "X-Sonde: a\0b"]),
      rule: "RFC 9110 §5.5: refuse, or replace by SP",
      wants: "may",
    },
    {
      name: "control-in-name",
      text: make(requestLine, [...fields, "X\x01Sonde: a"]),
      rule: "RFC 9110 §5.1: no token",
      wants: "reject",
    },
    {
      name: "http-0.9",
      text: `GET ${target}\r\n`,
      rule: "RFC 9112 §2.3: not part of HTTP/1.1 any more",
      wants: "may",
    },
  ];
  if (scheme !== "https") return cases;
  return [...cases, {
    name: "plain-on-tls",
    text: plain,
    rule: "RFC 8446 §6.2: an alert, or an answer in plain HTTP",
    wants: "may",
    open: { plain: true },
  }];
}

async function runLeniency(lab: Lab): Promise<Verdict<Outcome>> {
  const verdicts: Record<string, RawVerdict> = {};
  for (const raw of lenienceCases(lab.subject)) verdicts[raw.name] = await runRawCase(lab, raw);
  return judge(verdicts);
}

function judge(verdicts: Record<string, RawVerdict>): Verdict<Outcome> {
  const bent = Object.entries(verdicts).filter(([, { keepsRule }]) => !keepsRule);
  const hanging = Object.entries(verdicts).filter(([, { then }]) => then === "hang").map(([name]) => name);
  const words = bent.map(([name, verdict]) => `${name}: ${sayVerdict(verdict)}`).join("; ");
  const hangs = hanging.length > 0 ? `; left hanging: ${hanging.join(", ")}` : "";
  return bent.length === 0
    ? {
      outcome: "strict",
      summary: `all of ${sayCount(Object.keys(verdicts).length, "case")} as the rules have it${hangs}`,
      facts: { cases: verdicts },
    }
    : { outcome: "lenient", summary: `${words}${hangs}`, facts: { cases: verdicts } };
}
