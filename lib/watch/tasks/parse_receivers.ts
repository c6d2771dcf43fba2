/**
 * Reads the receivers of a task file.
 *
 * @module
 */

import { utf8Octets } from "../../http/octets.ts";
import { asEntry, asList, asText, EntryReader, type ReadingContext } from "./entry_reader.ts";
import { receiverIdentity } from "./receiver_identity.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";
import type { Receiver } from "./task.ts";

const SCHEME = /^\s*[a-z][a-z0-9+.-]*:\/\//i;

/** Reads `webhooks`: URLs, or objects with `url` and `headers`. */
export function parseWebhooks(file: EntryReader, context: ReadingContext): Receiver[] {
  return file.list("webhooks", (value, place): Receiver => {
    const entry = typeof value === "string" ? { url: value } : asEntry(value, "a URL or an object with url");
    const reader = new EntryReader(entry, `file: ${place}`, context);
    reader.refuseOthers(["url", "headers"]);
    const url = reader.text("url");
    const headers = reader.record("headers", (text) => utf8Octets(reader.resolve(asText(text)))) ?? [];
    if (!("url" in entry)) reader.report("url", "it is missing");
    else if (url === "") reader.report("url", describeEmpty(entry["url"]));
    else if (url !== undefined && !SCHEME.test(url)) {
      // The text as written, with the reference and not with the secret.
      const written = JSON.stringify(entry["url"]);
      reader.report("url", `it has to begin with http:// or https://, unlike ${written}`);
    } else if (url !== undefined) {
      refuseBadRequest(reader, url, { options: { method: "POST", headers }, secrets: context.secrets });
    }
    return { type: "webhook", place, url: url ?? "", headers: Object.fromEntries(headers) };
  }) ?? [];
}

/** Describes an empty text: written so, or empty because of an empty secret. */
export function describeEmpty(written: unknown): string {
  return written === "" ? "it is empty" : `it is empty because ${written} is empty`;
}

/** Reads `commands`: lists of a program and its arguments. */
export function parseCommands(file: EntryReader): Receiver[] {
  return file.list("commands", (value, place): Receiver | undefined => {
    const words = asList(value);
    const read = words.flatMap((word, index) =>
      file.attempt(`${place}[${index}]`, () => asWord(file.resolve(asText(word)), index)) ?? []
    );
    const [program, ...args] = read;
    if (words.length === 0) throw new TypeError("expected a program");
    // The mistakes of single words are reported already.
    if (program === undefined || read.length < words.length) return undefined;
    return { type: "command", place, command: [program, ...args] };
  }) ?? [];
}

function asWord(word: string, index: number): string {
  if (index === 0 && word === "") throw new TypeError("expected a program, not an empty text");
  if (word.includes("\0")) throw new TypeError("an argument cannot contain a NUL character");
  return word;
}

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
