/**
 * Parses the body of a result as JSON.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import type { BodyFacts, HeaderField, ProbeResult } from "../result.ts";
import { bodyText } from "./body_text.ts";
import { type Found, NotEstablished } from "./fact.ts";
import { JsonSyntaxError } from "./json/syntax_error.ts";
import { parseJson, parseJsonInTurns } from "./parse_json.ts";

/** Documents by body: each is parsed once for all expectations. */
const DOCUMENTS = new WeakMap<BodyFacts, Found>();

/** Most characters that are parsed within a few milliseconds. */
const SHORT = 64 * 1024;

/** Parses the body of a result as JSON. A number that JavaScript would write differently becomes a `WrittenNumber`. */
export function jsonDocument(result: ProbeResult): Found {
  const text = bodyText(result);
  if (text instanceof NotEstablished) return text;
  const { body } = result;
  if (body && DOCUMENTS.has(body)) return DOCUMENTS.get(body);
  const document = parse(text, result);
  if (body) DOCUMENTS.set(body, document);
  return document;
}

/** Parses a long body as JSON in advance, and gives the event loop its turns meanwhile. */
export async function readDocument(result: ProbeResult): Promise<void> {
  const text = bodyText(result);
  const { body } = result;
  if (body === undefined || typeof text !== "string" || text.length <= SHORT || DOCUMENTS.has(body)) return;
  try {
    DOCUMENTS.set(body, await parseJsonInTurns(text));
  } catch (error) {
    DOCUMENTS.set(body, sayNoJson(error, text, result));
  }
}

function parse(text: string, result: ProbeResult): Found {
  if (text === "") return new NotEstablished("the body is empty, so it is not JSON");
  try {
    return parseJson(text);
  } catch (error) {
    return sayNoJson(error, text, result);
  }
}

function sayNoJson(error: unknown, text: string, { headers = [], body }: ProbeResult): NotEstablished {
  if (!(error instanceof JsonSyntaxError)) throw error;
  const type = looksLikeHtml(text, headers) ? "is HTML, not JSON" : "is not JSON";
  const which = body?.complete === false ? "the received part of the body" : "the body";
  return new NotEstablished(`${which} ${type}: ${error.message}`);
}

/** Tells if a text looks like HTML, which servers, proxies and login pages send in place of JSON. */
function looksLikeHtml(text: string, headers: readonly HeaderField[]): boolean {
  return /^\s*<(?:!doctype\s+html|!--|html|head|body|title|script|h1|p|div)\b/i.test(text.slice(0, 1000)) ||
    /^\s*</.test(text.slice(0, 1000)) &&
      /^(?:text\/html|application\/xhtml\+xml)\b/i.test(fieldValues(headers, "content-type")[0] ?? "");
}
