/**
 * Lists the forms in which a secret may appear.
 *
 * @module
 */

import { escapeXml } from "../../text/escape/xml.ts";
import { encodeUserinfo } from "../../target/userinfo.ts";

/** Shorter pieces of Base64 may appear in a text by chance. */
const SHORTEST_BASE64 = 6;

/**
 * Lists the forms in which a secret may appear in a text: plain, and as JSON, URLs, field lines, excerpts of the wire, HTML
 * and Base64 write it. The longest come first, so that a form is found before its own parts.
 *
 * @returns Texts without duplicates
 */
export function secretForms(value: string): string[] {
  const octets = encodeUserinfo(value);
  const forms = new Set([
    value,
    value.toLowerCase(), // As the host of a URL is written.
    JSON.stringify(value).slice(1, -1),
    encodeURI(value.toWellFormed()),
    encodeURIComponent(value.toWellFormed()),
    value.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(run.toWellFormed())), // As a target is written.
    String.fromCharCode(...octets), // One code unit per octet.
    escapeOctet(value),
    escapeOctet(String.fromCharCode(...octets)),
    escapeXml(value),
    ...base64Pieces(octets),
  ]);
  return [...forms].sort((a, b) => b.length - a.length);
}

// deno-lint-ignore no-control-regex -- this function escapes control octets
const NOT_PLAIN = /[\\\x00-\x1f\x7f-\uffff]/g;

/** Escapes a text as excerpts of the wire do. */
function escapeOctet(text: string): string {
  return text.replace(
    NOT_PLAIN,
    (unit) => unit === "\\" ? "\\\\" : `\\x${unit.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Encodes the octets in Base64 without the characters that depend on their neighbours, for each of the three offsets. */
function base64Pieces(octets: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = new Uint8Array([...new Uint8Array(before), ...octets]).toBase64();
    const begin = Math.ceil(before * 8 / 6);
    return text.slice(begin, Math.floor((before + octets.length) * 8 / 6));
  }).filter((piece) => piece.length >= SHORTEST_BASE64);
}
