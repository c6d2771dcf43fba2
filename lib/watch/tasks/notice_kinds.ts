/**
 * The kinds of notices, as `on` of a task file names them.
 *
 * @module
 */

import { adviseNearest } from "../../text/nearest.ts";
import { asText } from "./entry_reader.ts";

/** A kind of a notice. */
export type NoticeKind =
  | "down"
  | "degraded"
  | "up"
  | "reminder"
  | "flapping"
  | "steady"
  | "certificate-soon"
  | "certificate-renewed"
  | "behaviour"
  | "unmeasured"
  | "measured";

/** Kinds of notices, each of which a receiver may leave out. */
export const NOTICE_KINDS: readonly NoticeKind[] = [
  "down",
  "degraded",
  "up",
  "reminder",
  "flapping",
  "steady",
  "certificate-soon",
  "certificate-renewed",
  "behaviour",
  "unmeasured",
  "measured",
];

/** Words that stand for several kinds. */
const GROUPS: Readonly<Record<string, readonly NoticeKind[]>> = {
  certificate: ["certificate-soon", "certificate-renewed"],
};

const WORDS: readonly string[] = [...NOTICE_KINDS, ...Object.keys(GROUPS)];

/**
 * Reads one word of `on`.
 *
 * @returns The kinds that the word stands for
 * @throws {TypeError} If the value is not a text
 * @throws {SyntaxError} If there is no such kind
 */
export function parseNoticeKind(value: unknown): readonly NoticeKind[] {
  const word = asText(value);
  const kind = NOTICE_KINDS.find((it) => it === word);
  if (kind !== undefined) return [kind];
  if (Object.hasOwn(GROUPS, word)) return GROUPS[word]!;
  throw new SyntaxError(`unknown kind ${JSON.stringify(word)}; ${adviseNearest(word, WORDS)}`);
}
