/**
 * Reads the URLs and other required texts of receivers.
 *
 * @module
 */

import { describeEmpty } from "./describe_empty.ts";
import type { EntryReader } from "./entry_reader.ts";

const SCHEME = /^\s*[a-z][a-z0-9+.-]*:\/\//i;

/** Shorter paths and queries name no secret, and may appear in other texts. */
const SHORTEST_SECRET = 12;

/**
 * Reads `url`.
 *
 * @param remember Takes path and query as secrets: whoever knows them can write to the channel
 * @param usual The URL of a receiver that names none; without it, `url` is required
 */
export function readUrl(reader: EntryReader, remember: (secret: string) => void, usual?: string): string {
  const url = reader.text("url");
  const written = reader.written("url");
  if (written === undefined && usual !== undefined) return usual;
  if (written === undefined) reader.report("url", "it is missing");
  else if (url === "") reader.report("url", describeEmpty(written));
  else if (url !== undefined && !SCHEME.test(url)) {
    // The text as written, with the reference and not with the secret.
    reader.report("url", `it has to begin with http:// or https://, unlike ${JSON.stringify(written)}`);
  } else if (url !== undefined && url.includes("${")) {
    reader.report("url", "placeholders can stand in body only, and secrets are written ${env:NAME}");
  }
  const { pathname = "", search = "" } = URL.parse(url ?? "") ?? {};
  for (const part of [pathname, search]) if (part.length >= SHORTEST_SECRET) remember(part);
  return url ?? "";
}

/** Reads a text that must not be absent or empty. */
export function readRequired(reader: EntryReader, key: string): string {
  const text = reader.text(key);
  const written = reader.written(key);
  if (written === undefined) reader.report(key, "it is missing");
  else if (text === "") reader.report(key, describeEmpty(written));
  return text ?? "";
}
