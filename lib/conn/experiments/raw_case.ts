/**
 * Sends octets that bend a rule and says what the server made of them.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab, OpenOptions } from "../lab/lab.ts";

/** Milliseconds for an answer to octets that may be ignored. */
const PATIENCE = 3_000;
/** Milliseconds in which an end, or another answer, shows up. */
const SETTLE = 150;

/** A request that bends a rule. */
export interface RawCase {
  /** Stable, part of the facts. */
  readonly name: string;
  readonly text: string;
  /** The rule that is bent. */
  readonly rule: string;
  /**
   * What the rule asks of a server: to `reject` it, to reject it or else close after it, to `accept` it, or nothing, so
   * that it `may` do either.
   */
  readonly wants: "reject" | "reject-or-close" | "accept" | "may";
  readonly open?: OpenOptions;
}

/** What a server made of one case. */
export interface RawVerdict {
  readonly status: number | null;
  /** What became of the connection. */
  readonly then: "kept" | "closed" | "reset" | "hang" | "second-answer";
  readonly rule: string;
  /** Whether the server did what the rule wants. */
  readonly keepsRule: boolean;
}

/** Makes one case on a connection of its own. */
export async function runRawCase(lab: Lab, { text, rule, wants, open = {} }: RawCase): Promise<RawVerdict> {
  await using line = await lab.open(open);
  line.send(encodeLatin1(text), { method: /^head /i.test(text) ? "HEAD" : "GET" });
  await line.wait(
    PATIENCE,
    () => line.reader.responses[0]?.body.complete === true || line.reader.failure !== undefined,
  );
  await line.wait(SETTLE, () => line.surplusBytes > 0);
  if (line.end && !line.endedByPeer) throw new CannotTell("the connection was closed here");
  const status = line.reader.responses[0]?.status ?? null;
  const accepted = status !== null && status < 400;
  const then = fateOf(line, status);
  return { status, then, rule, keepsRule: keepsRule(wants, accepted, then) };
}

function keepsRule(wants: RawCase["wants"], accepted: boolean, then: RawVerdict["then"]): boolean {
  switch (wants) {
    case "reject":
      return !accepted;
    case "reject-or-close":
      return !accepted || then === "closed" || then === "reset";
    case "accept":
      return accepted;
    case "may":
      return true;
  }
}

function fateOf(line: Awaited<ReturnType<Lab["open"]>>, status: number | null): RawVerdict["then"] {
  if (line.surplusBytes > 0) return "second-answer";
  switch (line.end?.how) {
    case "rst":
      return "reset";
    case "fin":
    case "tls-truncated":
      return "closed";
    default:
      return status === null ? "hang" : "kept";
  }
}

/** One verdict in short: `400 closed`. */
export function sayVerdict({ status, then }: RawVerdict): string {
  return `${status ?? "no answer"}, ${then}`;
}
