/**
 * Reads the keys of a check that make its request.
 *
 * @module
 */

import { utf8Octets } from "../../http/octets.ts";
import type { HeaderChange } from "../../probe/header_changes.ts";
import type { RequestOptions } from "../../probe/options.ts";
import { asList, asText, type EntryReader, type ReadingContext } from "./entry_reader.ts";

const FORM_TYPE = "application/x-www-form-urlencoded";

/** Reads the options of the request. */
export function parseRequest(reader: EntryReader, context: ReadingContext): RequestOptions {
  const form = readForm(reader);
  const userAgent = reader.text("userAgent");
  const method = reader.text("method") ?? (form === undefined ? undefined : "POST");
  const content = reader.text("body") ?? form ?? reader.file("bodyFile");
  const headers: HeaderChange[] = reader.record(
    "headers",
    (value) => value === null ? undefined : utf8Octets(reader.resolve(asText(value))),
  ) ?? [];
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  if (form !== undefined && !typed) headers.push(["Content-Type", FORM_TYPE]);
  // As on the command line, an empty value removes the field.
  if (userAgent === "") headers.push(["User-Agent", undefined]);
  const requestTarget = reader.text("requestTarget");
  return {
    method,
    body: content,
    headers: headers.length > 0 ? headers : undefined,
    userAgent: userAgent ? utf8Octets(userAgent) : undefined,
    credentials: readCredentials(reader, context),
    version: reader.flag("http10") ? "1.0" : undefined,
    requestTarget: requestTarget && utf8Octets(requestTarget),
    rawRequest: readRawRequest(reader),
  };
}

/** Reads `form`, fields by name; a field may have several values. */
function readForm(reader: EntryReader): string | undefined {
  const fields = reader.record("form", (value) => {
    const values = Array.isArray(value) ? asList(value) : [value];
    return values.map((it) => reader.resolve(asText(it)));
  });
  return fields &&
    new URLSearchParams(fields.flatMap(([name, values]) => values.map((value) => [name, value]))).toString();
}

/** Reads `NAME:PASSWORD`. The password becomes a secret, even if it stands in the file itself. */
function readCredentials(reader: EntryReader, { secrets }: ReadingContext): RequestOptions["credentials"] {
  // As on the command line and in a URL, the octets need not be UTF-8.
  const text = reader.read("user", (value) => secrets.resolve(asText(value), { octets: true }));
  if (text === undefined) return undefined;
  const colon = text.indexOf(":");
  if (colon === -1) {
    reader.report("user", "write NAME:PASSWORD, as in me:${env:PASSWORD}");
    return undefined;
  }
  const [user, password] = [text.slice(0, colon), text.slice(colon + 1)];
  secrets.addPassword({ user, password });
  return { user, password };
}

function readRawRequest(reader: EntryReader): Uint8Array | undefined {
  const octets = reader.file("rawRequest");
  if (octets?.length === 0) reader.report("rawRequest", "the file is empty");
  return octets;
}
