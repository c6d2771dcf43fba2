/**
 * Sends one notice to one receiver.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { probe } from "../../probe/probe.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import type { Receiver } from "../tasks/task.ts";
import type { ChangeNotice } from "./change_notice.ts";

/** Milliseconds for one delivery at most. */
export const DELIVERY_LIMIT = 10_000;

/** Milliseconds between SIGTERM and SIGKILL for a command that takes too long. */
const GRACE = 1000;

/**
 * Sends a notice to a receiver.
 *
 * @param message JSON of a {@linkcode ChangeNotice}
 * @returns Cause of a failure; `undefined` if the receiver took the notice
 */
export async function notify(
  receiver: Receiver,
  message: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return receiver.type === "webhook"
    ? await post(receiver, message, signal)
    : await runCommand(receiver.command, message, signal);
}

async function post(
  { url, headers }: Receiver & { type: "webhook" },
  body: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { error, status, request } = await probe(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
    maxTime: DELIVERY_LIMIT,
    signal,
  });
  if (error !== undefined) return `${error.kind} in ${error.phase}: ${error.message}`;
  if (status === undefined || status < 200 || status >= 300) return `the answer was ${status}`;
  if (request?.complete !== false) return undefined;
  return `the answer ${status} came after ${formatCount(request.sentBytes)} of ${
    formatQuantity(request.bytes ?? 0, "octet")
  }, and the rest was not taken`;
}

async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  message: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const limit = AbortSignal.timeout(DELIVERY_LIMIT);
  try {
    const child = new Deno.Command(program, {
      args,
      env: environmentOf(message),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const { success, code } = await endWith(child, AbortSignal.any([signal, limit]));
    if (success) return undefined;
    return limit.aborted
      ? `${program} took longer than ${formatDuration(DELIVERY_LIMIT)}`
      : `${program} ended with code ${code}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return `start Deno with --allow-run=${program}`;
    return error instanceof Error ? error.message : String(error);
  }
}

/** Waits for a child process. If the signal aborts, it sends SIGTERM, and SIGKILL a second later. */
async function endWith(child: Deno.ChildProcess, signal: AbortSignal): Promise<Deno.CommandStatus> {
  let insist: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    child.kill("SIGTERM");
    insist = setTimeout(() => child.kill("SIGKILL"), GRACE);
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await child.status;
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(insist);
  }
}

/** Makes the environment of a command; control characters in the values are escaped. */
function environmentOf(message: string): Record<string, string> {
  const { check, url, tags, kind, from, to, at, since, cause, status, total } = JSON.parse(
    message,
  ) as ChangeNotice;
  const facts = { check, url, tags: tags.join(","), kind, from, to, at, since, cause, status, total };
  const variables = Object.entries(facts).map(([name, value]) =>
    [`SONDE_${name.toUpperCase()}`, value === null ? "" : escapeMessage(String(value))] as const
  );
  return { ...Object.fromEntries(variables), SONDE_JSON: message };
}
