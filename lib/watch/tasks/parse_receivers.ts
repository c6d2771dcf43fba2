/**
 * Reads the receivers of a task file.
 *
 * @module
 */

import { adviseNearest } from "../../text/nearest.ts";
import { utf8Octets } from "../../http/octets.ts";
import { SAMPLE_NOTICE } from "../delivery/placeholders.ts";
import { hasPlaceholder, parseTemplate, renderTemplate } from "../delivery/template.ts";
import {
  asEntry,
  asList,
  asShownText,
  asText,
  type Entry,
  EntryReader,
  type ReadingContext,
} from "./entry_reader.ts";
import { NOTICE_KINDS, type NoticeKind, parseNoticeKind } from "./notice_kinds.ts";
import type { HttpReceiver, Receiver, ReceiverEntry, Template } from "./receiver.ts";
import { RECEIVER_SETTINGS } from "./receiver_settings.ts";
import { refuseBadRequest } from "./refuse_bad_request.ts";

/** Keys of every receiver that is an object. */
const COMMON_KEYS = ["on", "only"];

/** Reads `receivers`: objects with `type`. */
export function parseReceivers(file: EntryReader, context: ReadingContext): Receiver[] {
  return file.list("receivers", (value, place): Receiver | undefined => {
    const entry = asEntry(value, "an object with type");
    const reader = new EntryReader(entry, `file: ${place}`, context);
    const type = reader.read("type", asType);
    if (!("type" in entry)) reader.report("type", `it is missing; the types are ${TYPES.join(", ")}`);
    if (type === undefined) return undefined;
    if (type !== "command") return parseHttp({ entry, place, type }, context);
    reader.refuseOthers(["type", "command", ...COMMON_KEYS]);
    const command = reader.attempt("command", () => parseCommand(reader, "command", entry["command"] ?? []));
    return command && { type, ...readEntry(reader, place), command };
  }) ?? [];
}

/** Reads `webhooks`: URLs, or objects with `url` and `headers`. */
export function parseWebhooks(file: EntryReader, context: ReadingContext): Receiver[] {
  return file.list("webhooks", (value, place): Receiver => {
    const entry = typeof value === "string" ? { url: value } : asEntry(value, "a URL or an object with url");
    return parseHttp({ entry, place, type: "webhook" }, context);
  }) ?? [];
}

/** Reads `commands`: lists of a program and its arguments. */
export function parseCommands(file: EntryReader): Receiver[] {
  return file.list("commands", (value, place): Receiver | undefined => {
    const command = parseCommand(file, place, value);
    return command && { type: "command", place, command };
  }) ?? [];
}

const TYPES: readonly string[] = [...Object.keys(RECEIVER_SETTINGS), "command"];

function asType(value: unknown): Receiver["type"] {
  const type = asText(value);
  if (TYPES.includes(type)) return type as Receiver["type"];
  throw new SyntaxError(`unknown type ${JSON.stringify(type)}; ${adviseNearest(type, TYPES)}`);
}

function parseHttp(
  { entry, place, type }: { entry: Entry; place: string; type: HttpReceiver["type"] },
  context: ReadingContext,
): Receiver {
  const reader = new EntryReader(entry, `file: ${place}`, context);
  const { keys, leavesOut, read } = RECEIVER_SETTINGS[type];
  const given = "type" in entry ? ["type"] : [];
  reader.refuseOthers([...given, ...keys, "headers", ...COMMON_KEYS]);
  const before = context.problems.length;
  const settings = read(reader, (secret) => context.secrets.add(secret));
  const fields = reader.record("headers", (value) => readField(reader, asText(value))) ?? [];
  const headers = fields.map(([name, { value }]) => [name, value] as const);
  const { url, method = "POST" } = settings as { url: string; method?: string };
  // The cause of a bad URL may be a mistake that is reported already.
  if (context.problems.length === before) {
    refuseBadRequest(reader, url, { options: { method, headers }, secrets: context.secrets });
  }
  const { on = withoutKinds(leavesOut), ...rest } = readEntry(reader, place);
  const templates = fields.flatMap(([name, { template }]) =>
    template === undefined ? [] : [[name, template]]
  );
  const headerTemplates = templates.length === 0 ? undefined : Object.fromEntries(templates);
  return { ...settings, ...rest, on, headers: Object.fromEntries(headers), headerTemplates } as Receiver;
}

/** Reads the value of a header field, which may have placeholders; the value then has those of a sample. */
function readField(reader: EntryReader, written: string): { value: string; template: Template | undefined } {
  const template = hasPlaceholder(written)
    ? parseTemplate(written, "header", (reference) => reader.resolve(reference))
    : undefined;
  const value = template === undefined ? reader.resolve(written) : renderTemplate(template, SAMPLE_NOTICE);
  return { value: utf8Octets(value), template };
}

/** Reads the keys that say which notices a receiver gets. */
function readEntry(reader: EntryReader, place: string): ReceiverEntry {
  return {
    place,
    on: reader.list("on", parseNoticeKind)?.flat(),
    only: reader.list("only", asShownText),
  };
}

function withoutKinds(kinds: readonly NoticeKind[] | undefined): readonly NoticeKind[] | undefined {
  return kinds && NOTICE_KINDS.filter((kind) => !kinds.includes(kind));
}

function parseCommand(
  reader: EntryReader,
  place: string,
  value: unknown,
): [program: string, ...args: string[]] | undefined {
  const words = asList(value);
  const read = words.flatMap((word, index) =>
    reader.attempt(`${place}[${index}]`, () => asWord(reader.resolve(asText(word)), index)) ?? []
  );
  const [program, ...args] = read;
  if (words.length === 0) throw new TypeError("expected a program");
  // The mistakes of single words are reported already.
  return program === undefined || read.length < words.length ? undefined : [program, ...args];
}

function asWord(word: string, index: number): string {
  if (index === 0 && word === "") throw new TypeError("expected a program, not an empty text");
  if (word.includes("\0")) throw new TypeError("an argument cannot contain a NUL character");
  return word;
}
