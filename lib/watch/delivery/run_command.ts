/**
 * Runs the program of a receiver for one notice.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import type { ChangeNotice } from "./change_notice.ts";
import type { NotifyFailure } from "./judge_answer.ts";
import { titleOf } from "./notice_text.ts";

/** Milliseconds between SIGTERM and SIGKILL for a command that takes too long. */
const GRACE = 1000;

/**
 * Runs a program with the facts of a notice in its environment.
 *
 * @param message JSON of a {@linkcode ChangeNotice}
 * @param options `limit` is the longest time in milliseconds
 * @returns The failure; `undefined` if the program ended with 0
 */
export async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  message: string,
  options: { limit: number; signal: AbortSignal },
): Promise<NotifyFailure | undefined> {
  const limit = AbortSignal.timeout(options.limit);
  try {
    const child = new Deno.Command(program, {
      args,
      env: environmentOf(message),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const { success, code } = await endWith(child, AbortSignal.any([options.signal, limit]));
    if (success) return undefined;
    const error = limit.aborted
      ? `${program} took longer than ${formatDuration(options.limit)}`
      : `${program} ended with code ${code}`;
    return { kind: "failed", error };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      return { kind: "unreachable", error: `this needs --allow-run=${program}` };
    }
    return { kind: "unreachable", error: error instanceof Error ? error.message : String(error) };
  }
}

/** Waits for a child process. If the signal aborts, it sends SIGTERM, and SIGKILL a second later. */
async function endWith(child: Deno.ChildProcess, signal: AbortSignal): Promise<Deno.CommandStatus> {
  let insist: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    sendSignal(child, "SIGTERM");
    insist = setTimeout(() => sendSignal(child, "SIGKILL"), GRACE);
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await child.status;
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(insist);
  }
}

/** Sends a signal to a child process, unless it has just ended: its status may still be on its way. */
export function sendSignal(child: Pick<Deno.ChildProcess, "kill">, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Makes the environment of a command; control characters in the values are escaped. */
function environmentOf(message: string): Record<string, string> {
  const notice = JSON.parse(message) as ChangeNotice;
  const { check, url, tags, kind, from, to, at, since, cause, status, total, outage, certificate } = notice;
  const facts = {
    check,
    url,
    tags: tags.join(","),
    title: titleOf(notice),
    kind,
    from,
    to,
    at,
    since,
    cause,
    status,
    total,
    outage_start: outage?.start,
    outage_ms: outage?.ms,
    outage_cause: outage?.cause,
    certificate_subject: certificate?.subject,
    certificate_ends: certificate?.notAfter,
    certificate_days: certificate?.daysLeft,
  };
  const variables = Object.entries(facts).map(([name, value]) =>
    [
      `SONDE_${name.toUpperCase()}`,
      value === null || value === undefined ? "" : escapeMessage(String(value)),
    ] as const
  );
  return { ...Object.fromEntries(variables), SONDE_JSON: message };
}
