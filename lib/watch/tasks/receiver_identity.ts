/**
 * Identifies receivers by a text, so that duplicates are found.
 *
 * @module
 */

import type { Receiver } from "./task.ts";

/** Gives a text that two receivers share only if notices reach the same place; it may contain secrets. */
export function receiverIdentity(receiver: Receiver): string {
  return `${receiver.type} ${receiver.type === "webhook" ? receiver.url : JSON.stringify(receiver.command)}`;
}
