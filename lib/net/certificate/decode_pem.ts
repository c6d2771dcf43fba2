/**
 * Decodes PEM files.
 *
 * @module
 */

import { readBeginning } from "../../text/decode/encoding_mark.ts";
import { decodeText } from "../../text/decode/text_reader.ts";

/**
 * Decodes the octets of a PEM file. Lines around the certificates may be in any encoding, so only UTF-16 is decoded:
 * PowerShell writes whole files in it.
 *
 * @param path Name of the file in messages
 * @throws {SyntaxError} If it is not a PEM file
 */
export function decodePem(octets: Uint8Array, path: string): string {
  const beginning = readBeginning(octets);
  const isUtf8 = "encoding" in beginning && beginning.encoding === "utf-8";
  const text = isUtf8 ? new TextDecoder().decode(octets) : decodeText(octets);
  if (!text.includes("-----BEGIN ")) throw new SyntaxError(`Cannot use ${path}: it is not a PEM file`);
  return text;
}
