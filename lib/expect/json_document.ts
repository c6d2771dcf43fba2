/**
 * The body of a result as JSON, or why it is none.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import type { HeaderField, ProbeResult } from "../result.ts";
import { bodyText } from "./body_text.ts";
import { type Found, NotEstablished } from "./fact.ts";
import { JsonSyntaxError, parseJson } from "./parse_json.ts";

/** Read once for all expectations. */
const DOCUMENTS = new WeakMap<ProbeResult, Found>();

/** The body of a result as JSON; numbers that JavaScript would write differently are a `WrittenNumber`. */
export function jsonDocument(result: ProbeResult): Found {
  const text = bodyText(result);
  if (text instanceof NotEstablished) return text;
  if (!DOCUMENTS.has(result)) DOCUMENTS.set(result, parse(text, result));
  return DOCUMENTS.get(result);
}

function parse(text: string, { headers = [], body }: ProbeResult): Found {
  if (text === "") return new NotEstablished("the body is empty, and so no JSON");
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const type = looksLikeHtml(text, headers) ? "is HTML and no JSON" : "is no JSON";
    const which = body?.complete === false ? "what came of the body" : "the body";
    return new NotEstablished(`${which} ${type}: ${error.message}`);
  }
}

/** What servers, proxies and login pages send in place of JSON. */
function looksLikeHtml(text: string, headers: readonly HeaderField[]): boolean {
  return /^\s*<(?:!doctype\s+html|!--|html|head|body|title|script|h1|p|div)\b/i.test(text.slice(0, 1000)) ||
    /^\s*</.test(text.slice(0, 1000)) &&
      /^(?:text\/html|application\/xhtml\+xml)\b/i.test(fieldValues(headers, "content-type")[0] ?? "");
}
