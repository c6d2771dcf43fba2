/**
 * How a secret may be written.
 *
 * @module
 */

import { escapeXml } from "../../text/escape/xml.ts";
import { encodeUserinfo } from "../../target/userinfo.ts";

/** Shorter pieces of Base64 are as likely to stand in a text by chance. */
const SHORTEST_BASE64 = 6;

/**
 * How a secret may stand in a text: as it is, and as JSON, URLs, field lines, excerpts of the wire, HTML and Base64 write
 * it. The longest come first, so that none hides behind a part of it.
 *
 * @returns Texts, each once.
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

// deno-lint-ignore no-control-regex -- control octets are what this is about
const NOT_PLAIN = /[\\\x00-\x1f\x7f-\uffff]/g;

/** As excerpts of the wire are written. */
function escapeOctet(text: string): string {
  return text.replace(
    NOT_PLAIN,
    (unit) => unit === "\\" ? "\\\\" : `\\x${unit.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** What Base64 has of some octets, whatever stands before and after them: the same for every third place only. */
function base64Pieces(octets: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = new Uint8Array([...new Uint8Array(before), ...octets]).toBase64();
    const begin = Math.ceil(before * 8 / 6);
    return text.slice(begin, Math.floor((before + octets.length) * 8 / 6));
  }).filter((piece) => piece.length >= SHORTEST_BASE64);
}
