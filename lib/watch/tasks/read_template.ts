/**
 * Reads the template of a receiver.
 *
 * @module
 */

import { asText, type EntryReader } from "./entry_reader.ts";
import type { Template, TemplateSyntax } from "./receiver.ts";
import { parseTemplate } from "../delivery/template.ts";

/**
 * Reads a template: a text, or data of which a text of JSON is made.
 *
 * @param syntax Format of the template
 */
export function readTemplate(
  reader: EntryReader,
  key: string,
  syntax: TemplateSyntax,
): Template | undefined {
  return reader.read(key, (value) => {
    const isData = typeof value === "object" && value !== null;
    const text = isData ? JSON.stringify(value, undefined, 2) : asText(value);
    return parseTemplate(text, syntax, (reference) => reader.resolve(reference));
  });
}

/** Finds the format of a content: by its media type, or else by its first character. */
export function syntaxOf(contentType: string | undefined, content: unknown): TemplateSyntax {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined) {
    return typeof content !== "string" || /^\s*(\{|\[\s*["{[])/.test(content) ? "json" : "text";
  }
  if (/^application\/(.+\+)?json$/.test(type)) return "json";
  if (type === "application/x-www-form-urlencoded") return "form";
  return /^(application|text)\/(.+\+)?(xml|html)$/.test(type) ? "xml" : "text";
}
