/**
 * Identifies receivers by texts, so that duplicates are found.
 *
 * @module
 */

import type { Receiver } from "./receiver.ts";

/**
 * Gives a text that two receivers share only if they get the same requests at the same place; it may contain secrets.
 * The choice of notices does not count.
 */
export function receiverIdentity({ place: _, on: __, only: ___, ...settings }: Receiver): string {
  const sorted = Object.entries(settings).filter(([, value]) => value !== undefined).sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  return JSON.stringify(Object.fromEntries(sorted));
}

/**
 * Gives a text that stays the same when a receiver gets other headers, settings or credentials; it may contain secrets.
 * An earlier version identified receivers by it.
 */
export function receiverAddress(receiver: Receiver): string {
  switch (receiver.type) {
    case "command":
      return `${receiver.type} ${JSON.stringify(receiver.command)}`;
    case "telegram":
      return `${receiver.type} ${URL.parse(receiver.url)?.host} ${receiver.chat}`;
    case "pagerduty":
      return `${receiver.type} ${receiver.url} ${receiver.key}`;
    default:
      return `${receiver.type} ${receiver.url}`;
  }
}
