/**
 * Sends octets that bend a rule, and reports the server's reaction.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import type { Lab, OpenOptions } from "../lab/lab.ts";
import { formatLoss } from "../lab/format_end.ts";
import type { PlannedSend } from "../experiment.ts";
import type { Subject } from "../subject.ts";

/**
 * Milliseconds to wait for an answer to octets that a server may ignore, in addition to {@linkcode SLOWER} times an
 * ordinary answer.
 */
const MIN_WAIT_MS = 3_000;
const SLOWER = 4;
/** Milliseconds in which an end, or another answer, appears. */
const SETTLE = 150;

/** A request that bends a rule. */
export interface RawCase {
  /** Stable name, part of the facts. */
  readonly name: string;
  readonly text: string;
  /** The bent rule. */
  readonly rule: string;
  /**
   * The rule's demand on a server: to `reject` the request, to reject it or close after it, to `accept` it, or `may` if
   * both are allowed.
   */
  readonly wants: "reject" | "reject-or-close" | "accept" | "may";
  readonly open?: OpenOptions;
}

/** The server's reaction to one case. */
export interface RawVerdict {
  readonly status: number | null;
  /** The fate of the connection. */
  readonly then: "kept" | "closed" | "reset" | "hang" | "second-answer";
  readonly rule: string;
  /** True if the server kept the rule; `null` if unknown. */
  readonly keepsRule: boolean | null;
}

/** Counts the answers that the cases wait for at most: {@linkcode SLOWER} for each, and one more if it hangs. */
export function rawCaseAnswers(cases: number): number {
  return 1 + cases * (SLOWER + 1);
}

/** The octets of the cases, for the plan. */
export function planRawCases(subject: Subject, cases: readonly RawCase[]): PlannedSend[] {
  return [
    { note: "first, and again after every case without an answer", bytes: subject.request().bytes },
    ...cases.map(({ name, text, rule }) => ({ note: `${name} (${rule})`, bytes: encodeLatin1(text) })),
  ];
}

/**
 * Tests the cases, each on its own connection.
 *
 * @throws {CannotTell} If an ordinary request before them is not answered
 */
export async function runRawCases(
  lab: Lab,
  cases: readonly RawCase[],
): Promise<Record<string, RawVerdict>> {
  const ordinary = await ordinaryMs(lab);
  const verdicts: Record<string, RawVerdict> = {};
  for (const raw of cases) {
    const verdict = await runRawCase(lab, raw, MIN_WAIT_MS + SLOWER * ordinary);
    verdicts[raw.name] = verdict;
    // A server that no longer answers anything is left alone.
    if (verdict.keepsRule === null) break;
  }
  return verdicts;
}

async function runRawCase(lab: Lab, raw: RawCase, waitMs: number): Promise<RawVerdict> {
  const seen = await observe(lab, raw, waitMs);
  if (seen.then !== "hang" || raw.wants === "may") return seen;
  // If the server does not answer an ordinary request in that time either, its silence here means nothing.
  const ordinary = await ordinaryMs(lab).catch(() => Infinity);
  return ordinary < waitMs / 2 ? seen : { ...seen, keepsRule: null };
}

/** Milliseconds that an ordinary answer takes. */
async function ordinaryMs(lab: Lab): Promise<number> {
  await using connection = await lab.open();
  const { startedAt } = await lab.mustAsk(connection);
  return performance.now() - startedAt;
}

async function observe(
  lab: Lab,
  { text, rule, wants, open = {} }: RawCase,
  waitMs: number,
): Promise<RawVerdict> {
  await using connection = await lab.open(open);
  connection.send(encodeLatin1(text), { method: /^head /i.test(text) ? "HEAD" : "GET" });
  await connection.wait(
    waitMs,
    () => connection.reader.responses[0]?.body.complete === true || connection.reader.failure !== undefined,
  );
  await connection.wait(SETTLE, () => connection.surplusBytes > 0);
  if (connection.end && !connection.endedByPeer) throw new CannotTell(formatLoss(connection.end));
  const status = connection.reader.responses[0]?.status ?? null;
  const then = fateOf(connection, status);
  return { status, then, rule, keepsRule: keepsRule(wants, status, then) };
}

function keepsRule(wants: RawCase["wants"], status: number | null, then: RawVerdict["then"]): boolean {
  const ended = then === "closed" || then === "reset";
  // A server that neither answers nor closes has not refused: it waits for more, for instance the content of one of two
  // lengths.
  const refused = status === null ? ended : status >= 400;
  switch (wants) {
    case "reject":
      return refused;
    case "reject-or-close":
      return refused || ended;
    case "accept":
      return status !== null && !refused;
    case "may":
      return true;
  }
}

function fateOf(connection: Awaited<ReturnType<Lab["open"]>>, status: number | null): RawVerdict["then"] {
  if (connection.surplusBytes > 0) return "second-answer";
  switch (connection.end?.how) {
    case "rst":
      return "reset";
    case "fin":
    case "close-notify":
    case "tls-truncated":
      return "closed";
    default:
      return status === null ? "hang" : "kept";
  }
}

/** Formats one verdict in short: `400, closed`. */
export function formatVerdict({ status, then }: RawVerdict): string {
  return then === "hang" ? "neither answered nor closed" : `${status ?? "no answer"}, ${then}`;
}

/** Lists the cases that break their rule, with verdicts. */
export function bentCases(verdicts: Readonly<Record<string, RawVerdict>>): [string, RawVerdict][] {
  return Object.entries(verdicts).filter(([, { keepsRule }]) => keepsRule === false);
}

/** Formats the cases that remain unknown; empty if there are none. */
export function formatUntold(verdicts: Readonly<Record<string, RawVerdict>>): string {
  const names = Object.entries(verdicts).flatMap(([name, { keepsRule }]) => keepsRule === null ? [name] : []);
  return names.length === 0 ? "" : `neither ${names.join(", ")} nor an ordinary request was answered in time`;
}
