/**
 * Takes secrets out of plain data.
 *
 * @module
 */

import { WrittenNumber } from "../../expect/written_number.ts";
import { SHORTEST_PART } from "./secret_index.ts";

/** A point in time as sonde writes it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Fields whose texts are words of sonde; programs depend on them. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "announced",
  "by",
  "class",
  "code",
  "framing",
  "from",
  "how",
  "kind",
  "outcome",
  "phase",
  "severity",
  "to",
  "unread",
  "why",
]);

/** Fields whose content, and the names in it, a server chose. */
const FOREIGN: ReadonlySet<string> = new Set(["actual", "facts"]);

/**
 * Copies plain data and redacts every text in it. This comes before formatting, because quotes, escapes and line breaks
 * would hide a secret. Points in time, digests, the words of sonde and its own numbers stay, even if they look like a secret.
 */
export function redactAll<T>(data: T, redact: (text: string) => string): T {
  return redactData(data, { redact, isForeign: false }) as T;
}

interface RedactOptions {
  readonly redact: (text: string) => string;
  /** True for content that a server chose. */
  readonly isForeign: boolean;
}

function redactData(data: unknown, options: RedactOptions): unknown {
  const { redact, isForeign } = options;
  if (typeof data === "string") return INSTANT.test(data) ? data : redact(data);
  if (typeof data === "number" && isForeign) return redactNumber(data, redact);
  if (data === null || typeof data !== "object") return data;
  if (Array.isArray(data)) return data.map((it: unknown) => redactData(it, options));
  // A number that keeps its written form.
  if (data instanceof WrittenNumber) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, it]) => {
      if (!isForeign && isOwn(name, it)) return [name, it];
      const isForeignContent = isForeign || FOREIGN.has(name);
      return [isForeign ? redact(name) : name, redactData(it, { redact, isForeign: isForeignContent })];
    }),
  );
}

/** Redacts a number that is long enough to be no measurement by chance. */
function redactNumber(number: number, redact: (text: string) => string): unknown {
  const text = String(number);
  const redacted = text.length < SHORTEST_PART ? text : redact(text);
  return redacted === text ? number : redacted;
}

/** Tells if a field has a word of sonde or a digest. */
function isOwn(name: string, value: unknown): boolean {
  if (typeof value !== "string") return false;
  return name === "sha256" ? /^[\da-f]{64}$/.test(value) : OWN_WORDS.has(name) && /^[a-z\d-]+$/.test(value);
}
