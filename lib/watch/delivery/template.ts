/**
 * Texts with placeholders, whose values are escaped for the format of the text.
 *
 * @module
 */

import { escapeXml } from "../../text/escape/xml.ts";
import { adviseNearest } from "../../text/nearest.ts";
import type { Template, TemplatePart, TemplateSyntax } from "../tasks/receiver.ts";
import type { ChangeNotice } from "./change_notice.ts";
import { oneLine } from "./fit_text.ts";
import { PLACEHOLDERS, type PlaceholderValue, SAMPLE_NOTICE } from "./placeholders.ts";

const REFERENCE = /^(env|file):./;
const PLACEHOLDER = /(\$?)\$\{([^{}]*)\}/g;

/**
 * Parses a template. `$${…}` stands for `${…}` itself.
 *
 * @param resolve Gives the secret that a reference as `${env:NAME}` stands for
 * @throws {SyntaxError} If a placeholder does not exist or has no end, or if the template is no JSON but should be
 */
export function parseTemplate(
  written: string,
  syntax: TemplateSyntax,
  resolve: (reference: string) => string,
): Template {
  // A file may hold the whole template.
  const text = /^\$\{file:[^{}]+\}$/.test(written) ? resolve(written) : written;
  const parts: TemplatePart[] = [];
  let isInText = false;
  let end = 0;
  const addText = (literal: string): void => {
    parts.push({ text: literal });
    if (syntax === "json") isInText = endsInText(literal, isInText);
  };
  for (const { index, 0: whole, 1: escaped, 2: name = "" } of text.matchAll(PLACEHOLDER)) {
    addText(completed(text.slice(end, index)));
    end = index + whole.length;
    if (escaped !== "") addText(whole.slice(1));
    else if (REFERENCE.test(name)) parts.push({ text: escapeValue(resolve(whole), syntax, !isInText) });
    else parts.push({ placeholder: known(name), bare: syntax === "json" && !isInText });
  }
  addText(completed(text.slice(end)));
  const template = { syntax, parts: parts.filter((part) => !("text" in part) || part.text !== "") };
  if (syntax === "json") requireJson(template);
  return template;
}

/** Tells if a text has a placeholder of a template, and not only references to secrets. */
export function hasPlaceholder(text: string): boolean {
  return /\$\{(?!(env|file):)/.test(text);
}

/** Writes a template with the values of a notice. */
export function renderTemplate({ syntax, parts }: Template, notice: ChangeNotice): string {
  return parts.map((part) =>
    "text" in part
      ? part.text
      : part.bare
      ? JSON.stringify(PLACEHOLDERS[part.placeholder]?.(notice) ?? null)
      : escapeValue(asText(PLACEHOLDERS[part.placeholder]?.(notice)), syntax, false)
  ).join("");
}

function known(name: string): string {
  if (Object.hasOwn(PLACEHOLDERS, name)) return name;
  const advice = adviseNearest(name, Object.keys(PLACEHOLDERS), { write: (known) => `\${${known}}` });
  throw new SyntaxError(`unknown placeholder \${${name}}; ${advice}`);
}

function completed(literal: string): string {
  const torn = literal.lastIndexOf("${");
  if (torn === -1) return literal;
  throw new SyntaxError(`the placeholder ${literal.slice(torn, torn + 20)} has no end: write \${NAME}`);
}

/** Tells if a text of JSON is open after some more of the document. */
function endsInText(json: string, wasInText: boolean): boolean {
  let isInText = wasInText;
  for (let index = 0; index < json.length; index++) {
    if (json[index] === '"') isInText = !isInText;
    else if (json[index] === "\\" && isInText) index++;
  }
  return isInText;
}

function requireJson(template: Template): void {
  try {
    JSON.parse(renderTemplate(template, SAMPLE_NOTICE));
  } catch (error) {
    throw new SyntaxError(`with its values it is not JSON: ${(error as SyntaxError).message}`);
  }
}

function asText(value: PlaceholderValue): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Escapes a value. A secret outside of the texts of JSON stays as it is: it may be a number. */
function escapeValue(value: string, syntax: TemplateSyntax, isBare: boolean): string {
  switch (syntax) {
    case "json":
      return isBare ? value : JSON.stringify(value).slice(1, -1);
    case "form":
      return encodeURIComponent(value.toWellFormed());
    case "xml":
      return escapeXml(value);
    case "url":
      // A secret may be a whole path or query.
      return isBare ? value : encodeURIComponent(value.toWellFormed());
    case "header":
      return isBare ? value : oneLine(value);
    case "text":
      return value;
  }
}
