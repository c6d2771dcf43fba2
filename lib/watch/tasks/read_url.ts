/**
 * Reads the URLs and other required texts of receivers.
 *
 * @module
 */

import { describeEmpty } from "./describe_empty.ts";
import { SAMPLE_NOTICE } from "../delivery/placeholders.ts";
import { hasPlaceholder, renderTemplate } from "../delivery/template.ts";
import type { EntryReader } from "./entry_reader.ts";
import { readTemplate } from "./read_template.ts";
import type { Template } from "./receiver.ts";

const SCHEME = /^\s*[a-z][a-z0-9+.-]*:\/\//i;

/** Shorter parts of a URL are names, and may appear in other texts. */
const SHORTEST_TOKEN = 16;

/**
 * Reads `url`.
 *
 * @param remember Takes the parts of the URL that can only be tokens: whoever knows them can write to the channel
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
  } else if (url !== undefined && hasPlaceholder(String(written))) {
    reader.report("url", "a placeholder cannot stand in it; a secret is written ${env:NAME} or ${file:PATH}");
  }
  const parsed = URL.parse(url ?? "");
  const parts = [parsed?.pathname.split("/").at(-1) ?? "", ...(parsed?.searchParams.values() ?? [])];
  for (const part of parts) if (part.length >= SHORTEST_TOKEN) remember(part);
  return url ?? "";
}

/** Reads a `url` that may have placeholders; the URL then has the values of a sample. */
export function readUrlTemplate(reader: EntryReader): { url: string; urlTemplate: Template | undefined } {
  const written = reader.written("url");
  if (typeof written !== "string" || !SCHEME.test(written) || !hasPlaceholder(written)) {
    return { url: readUrl(reader, () => {}), urlTemplate: undefined };
  }
  const urlTemplate = readTemplate(reader, "url", "url");
  return { url: urlTemplate === undefined ? "" : renderTemplate(urlTemplate, SAMPLE_NOTICE), urlTemplate };
}

/** Reads a text that must not be absent or empty. */
export function readRequired(reader: EntryReader, key: string): string {
  const text = reader.text(key);
  const written = reader.written(key);
  if (written === undefined) reader.report(key, "it is missing");
  else if (text === "") reader.report(key, describeEmpty(written));
  return text ?? "";
}
