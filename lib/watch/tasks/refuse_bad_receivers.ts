/**
 * Finds mistakes of receivers that show only beside the other entries of a task file.
 *
 * @module
 */

import { adviseNearest } from "../../text/nearest.ts";
import { receiverIdentity } from "./receiver_identity.ts";
import type { Receiver } from "./receiver.ts";
import type { Task } from "./task.ts";

/** Reports receivers that appear twice: they would get every notice twice. */
export function refuseSameReceivers(receivers: readonly Receiver[], problems: string[]): void {
  const first = new Map<string, string>();
  for (const receiver of receivers) {
    const identity = receiverIdentity(receiver);
    const other = first.get(identity);
    if (other === undefined) first.set(identity, receiver.place);
    else problems.push(`file: ${receiver.place}: it is the same as ${other}`);
  }
}

/** Reports words of `only` that are neither the name nor a tag of a check: their receiver would never be told. */
export function refuseUnknownChecks(
  receivers: readonly Receiver[],
  tasks: readonly Pick<Task, "name" | "tags">[],
  problems: string[],
): void {
  const words = new Set(tasks.flatMap(({ name, tags }) => [name, ...tags]));
  for (const { place, only = [] } of receivers) {
    for (const [index, word] of only.entries()) {
      if (words.has(word)) continue;
      problems.push(
        `file: ${place}: only[${index}]: no check has the name or tag ${JSON.stringify(word)}; ` +
          (adviseNearest(word, words, { write: JSON.stringify }) ?? "the file has no checks"),
      );
    }
  }
}
