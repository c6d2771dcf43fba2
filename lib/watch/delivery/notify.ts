/**
 * Sends one notice to one receiver.
 *
 * @module
 */

import type { Receiver } from "../tasks/receiver.ts";
import type { NotifyFailure } from "./judge_answer.ts";
import { postNotice } from "./post_notice.ts";
import { runCommand } from "./run_command.ts";

/** Milliseconds for one delivery at most. */
export const DELIVERY_LIMIT = 10_000;

/**
 * Sends a notice to a receiver.
 *
 * @param message JSON of a notice
 * @returns The failure; `undefined` if the receiver took the notice
 */
export async function notify(
  receiver: Receiver,
  message: string,
  signal: AbortSignal,
): Promise<NotifyFailure | undefined> {
  const options = { limit: DELIVERY_LIMIT, signal };
  return receiver.type === "command"
    ? await runCommand(receiver.command, message, options)
    : await postNotice(receiver, message, options);
}
