import { asEntry, asList, asText, EntryReader, type ReadingContext } from "./entry_reader.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";
import type { Secrets } from "./secrets.ts";
import type { Receiver } from "./task.ts";

/** Reads `webhooks`: URLs, or objects with `url` and `headers`. */
export function parseWebhooks(file: EntryReader, context: ReadingContext): Receiver[] {
  return file.list("webhooks", (value, place): Receiver => {
    const entry = typeof value === "string" ? { url: value } : asEntry(value);
    const reader = new EntryReader(entry, place, context);
    reader.refuseOthers(["url", "headers"]);
    const url = reader.text("url") ?? "";
    if (!("url" in entry)) reader.report("url", "it is missing");
    else refuseBadRequest(reader, url, context);
    const headers = reader.record("headers", (text) => context.secrets.resolve(asText(text))) ?? [];
    return { type: "webhook", url, headers: Object.fromEntries(headers) };
  }) ?? [];
}

/** Reads `commands`: lists of a program and its arguments. */
export function parseCommands(file: EntryReader, secrets: Secrets): Receiver[] {
  return file.list("commands", (value): Receiver => {
    const [program, ...args] = asList(value).map((word) => secrets.resolve(asText(word)));
    if (program === undefined) throw new TypeError("a program is wanted");
    return { type: "command", command: [program, ...args] };
  }) ?? [];
}
