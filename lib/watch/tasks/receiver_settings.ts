/**
 * Reads the settings of receivers by HTTP, each type with its own keys.
 *
 * @module
 */

import { asShownText, asText, type EntryReader } from "./entry_reader.ts";
import type { NoticeKind } from "./notice_kinds.ts";
import { readTemplate, syntaxOf } from "./read_template.ts";
import { readRequired, readUrl, readUrlTemplate } from "./read_url.ts";
import type { HttpReceiver, PagerDutyReceiver } from "./receiver.ts";

/** The settings of one type of receiver. */
interface Settings {
  /** Keys of its entry beside `type`, `headers`, `on` and `only`. */
  readonly keys: readonly string[];
  /** Kinds of notices that it gets only if its entry asks for them. */
  readonly leavesOut?: readonly NoticeKind[];
  /**
   * Reads the entry; mistakes are added to the reader.
   *
   * @param remember Takes a secret that the file contains itself
   */
  read(reader: EntryReader, remember: (secret: string) => void): Omit<HttpReceiver, "headers">;
}

/** The names of priorities, from 1. */
const PRIORITIES: readonly string[] = ["min", "low", "default", "high", "max"];

/** Characters of all tags with the commas between them: ntfy takes 512, and each kind of notice has a tag of its own. */
const MOST_TAGS = 490;

const SEVERITIES: readonly PagerDutyReceiver["severity"][] = ["critical", "error", "warning", "info"];

/** The settings of receivers by type. */
export const RECEIVER_SETTINGS: Readonly<Record<HttpReceiver["type"], Settings>> = {
  slack: chat("slack"),
  discord: chat("discord"),
  teams: chat("teams"),
  telegram: {
    keys: ["token", "chat", "url"],
    read(reader, remember) {
      const token = readRequired(reader, "token");
      remember(token);
      if (token !== "" && !/^[\w:-]+$/.test(token)) {
        reader.report("token", "expected the token of a bot, as in 123456:ABC-DEF");
      }
      const base = readUrl(reader, () => {}, "https://api.telegram.org").replace(/\/+$/, "");
      return { type: "telegram", url: `${base}/bot${token}/sendMessage`, chat: readChat(reader) };
    },
  },
  ntfy: {
    keys: ["url", "token", "title", "priority", "tags"],
    read(reader, remember) {
      const token = reader.text("token");
      remember(token ?? "");
      return {
        type: "ntfy",
        url: readUrl(reader, () => {}),
        token,
        title: readTemplate(reader, "title", "text"),
        priority: reader.read("priority", asPriority) ?? 4,
        tags: readTags(reader),
      };
    },
  },
  pagerduty: {
    keys: ["key", "severity", "url"],
    // Nothing ever resolves an alert about a behaviour.
    leavesOut: ["behaviour", "unmeasured", "measured"],
    read(reader, remember) {
      const key = readRequired(reader, "key");
      remember(key);
      const url = readUrl(reader, () => {}, "https://events.pagerduty.com/v2/enqueue");
      return { type: "pagerduty", url, key, severity: reader.read("severity", asSeverity) ?? "critical" };
    },
  },
  webhook: {
    keys: ["url", "method", "body"],
    read: (reader) => ({
      type: "webhook",
      ...readUrlTemplate(reader),
      method: reader.text("method"),
      body: readTemplate(reader, "body", syntaxOf(writtenType(reader), reader.written("body"))),
    }),
  },
};

function chat(type: "slack" | "discord" | "teams"): Settings {
  return { keys: ["url"], read: (reader, remember) => ({ type, url: readUrl(reader, remember) }) };
}

/** Reads the chat of a bot: a number, or a name. */
function readChat(reader: EntryReader): string {
  const read = reader.read(
    "chat",
    (value) => typeof value === "number" ? String(value) : reader.resolve(asText(value)),
  );
  if (reader.written("chat") === undefined) reader.report("chat", "it is missing");
  else if (read === "") reader.report("chat", "it is empty");
  return read ?? "";
}

/** Reads the media type that the entry names in its header fields. */
function writtenType(reader: EntryReader): string | undefined {
  const headers = Object.entries(reader.written("headers") ?? {});
  const value: unknown = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return typeof value === "string" ? value : undefined;
}

function asPriority(value: unknown): number {
  const named = value === "urgent" ? 5 : PRIORITIES.indexOf(String(value)) + 1;
  const priority = typeof value === "number" ? value : named;
  if (Number.isInteger(priority) && priority >= 1 && priority <= 5) return priority;
  throw new RangeError(`expected 1 to 5, or one of ${PRIORITIES.join(", ")}, not ${JSON.stringify(value)}`);
}

/** Reads the tags of ntfy; a request with too many is refused. */
function readTags(reader: EntryReader): string[] {
  const tags = reader.list("tags", asTag) ?? [];
  const { length } = tags.join(",");
  if (length > MOST_TAGS) {
    reader.report("tags", `they have ${length} characters, and ntfy takes ${MOST_TAGS}`);
  }
  return tags;
}

function asTag(value: unknown): string {
  const tag = asShownText(value);
  if (/^[\x21-\x2b\x2d-\x7e]+$/.test(tag)) return tag;
  throw new TypeError(`expected a tag without blanks and commas, not ${JSON.stringify(tag)}`);
}

function asSeverity(value: unknown): PagerDutyReceiver["severity"] {
  const severity = SEVERITIES.find((it) => it === value);
  if (severity !== undefined) return severity;
  throw new RangeError(`expected one of ${SEVERITIES.join(", ")}, not ${JSON.stringify(value)}`);
}
