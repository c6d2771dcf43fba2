/**
 * Experiment `desync`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { decodeLatin1 } from "../../http/octets.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import {
  bentCases,
  formatUntold,
  formatVerdict,
  planRawCases,
  type RawCase,
  rawCaseAnswers,
  runRawCases,
} from "./raw_case.ts";

type Outcome = "refuses" | "closes" | "keeps-open";

/** Sends requests whose end is ambiguous. */
export const DESYNC: Experiment<Outcome> = {
  name: "desync",
  question:
    "Does the server accept requests whose end is ambiguous, and does it keep the connection open after them?",
  sends:
    "requests with two lengths, with both a length and chunked, or with odd Transfer-Encoding, each on its own connection",
  choice: "own-host",
  outcomes: {
    refuses: "the server refuses all such requests",
    closes: "the server accepts some, but closes after them: nothing can follow",
    "keeps-open": {
      means:
        "the server accepts some, or waits for more content, and keeps the connection open: behind a proxy that reads them differently, an attacker can smuggle requests",
      finding: {
        code: "desync-risk",
        severity: "problem",
        advice:
          "refuse requests whose end is ambiguous, or close after them (RFC 9112 §6.1, §11.2): behind a proxy they allow request smuggling",
      },
    },
  },
  connections: () => 1,
  answers: () => rawCaseAnswers(9),
  atMost: () => 9 * 3_150,
  plan: (subject, settings) => planRawCases(subject, desyncCases(subject, settings)),
  run: runDesync,
};

/** The cases. The content is complete in either reading, so that no octets remain to affect other people's requests. */
function desyncCases(subject: Subject, { method }: Settings): RawCase[] {
  const [requestLine = "", ...rest] = decodeLatin1(subject.request({ method }).bytes).split("\r\n");
  const fields = rest.filter((line) => line !== "");
  const make = (lines: readonly string[], content: string): string =>
    [requestLine, ...fields, ...lines, "", content].join("\r\n");
  const END = "0\r\n\r\n";
  const smuggling = "RFC 9112 §6.1, §11.2";
  return [
    {
      name: "length-and-chunked",
      text: make(["Content-Length: 5", "Transfer-Encoding: chunked"], END),
      rule: `${smuggling}: refuse, or close after it`,
      wants: "reject-or-close",
    },
    {
      name: "two-lengths",
      text: make(["Content-Length: 5", "Content-Length: 0"], ""),
      rule: "RFC 9112 §6.3: refuse with 400",
      wants: "reject",
    },
    {
      name: "two-equal-lengths",
      text: make(["Content-Length: 0", "Content-Length: 0"], ""),
      rule: "RFC 9110 §8.6: refuse, or accept as one length",
      wants: "may",
    },
    {
      name: "length-with-sign",
      text: make(["Content-Length: +0"], ""),
      rule: "RFC 9112 §6.3: refuse with 400",
      wants: "reject",
    },
    {
      name: "unknown-coding",
      text: make(["Transfer-Encoding: xchunked", "Content-Length: 0"], ""),
      rule: "RFC 9112 §6.1: 501 or 400",
      wants: "reject",
    },
    {
      name: "chunked-not-last",
      text: make(["Transfer-Encoding: chunked, identity"], END),
      rule: "RFC 9112 §6.3: refuse with 400",
      wants: "reject",
    },
    {
      name: "coding-with-vertical-tab",
      text: make(["Transfer-Encoding: \x0bchunked", "Content-Length: 0"], ""),
      rule: `${smuggling}: refuse with 400`,
      wants: "reject",
    },
    {
      name: "chunk-size-with-prefix",
      text: make(["Transfer-Encoding: chunked"], "0x0\r\n\r\n"),
      rule: "RFC 9112 §7.1: refuse with 400",
      wants: "reject",
    },
    {
      name: "get-with-content",
      text: make(["Content-Length: 5"], "sonde"),
      rule: "RFC 9110 §9.3.1: may be refused",
      wants: "may",
    },
  ];
}

async function runDesync(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const cases = desyncCases(lab.subject, lab.settings);
  const verdicts = await runRawCases(lab, cases);
  const bent = bentCases(verdicts);
  const untold = formatUntold(verdicts);
  const facts = { cases: verdicts, method: lab.settings.method };
  if (bent.length === 0 && untold !== "") {
    return { outcome: "unknown", summary: `could not tell: ${untold}`, facts };
  }
  if (bent.length === 0) {
    return {
      outcome: "refuses",
      summary: `all of ${formatQuantity(cases.length, "case")} as the rules have it`,
      facts,
    };
  }
  const open = bent.some(([, { then }]) => then !== "closed" && then !== "reset");
  const words = bent.map(([name, verdict]) => `${name}: ${formatVerdict(verdict)}`);
  const summary = [...words, ...(untold === "" ? [] : [untold])].join("; ");
  return { outcome: open ? "keeps-open" : "closes", summary, facts };
}
