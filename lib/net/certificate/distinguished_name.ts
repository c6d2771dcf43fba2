/**
 * Writes the names of certificates, as `O=sonde tests, CN=localhost`.
 *
 * `node:tls` gives the names as objects, which lose the order and leave out unknown attributes.
 *
 * @module
 */

import { type DerElement, readElements, readObjectIdentifier, readString } from "./der.ts";

/** The abbreviations of `openssl x509` for the attribute types in names. */
const TYPES: Readonly<Record<string, string>> = {
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.2.840.113549.1.9.2": "unstructuredName",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.13": "description",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.41": "name",
  "2.5.4.42": "GN",
  "2.5.4.43": "initials",
  "2.5.4.44": "generationQualifier",
  "2.5.4.46": "dnQualifier",
  "2.5.4.65": "pseudonym",
  "2.5.4.97": "organizationIdentifier",
};

/** RFC 4514 §2.4: characters that would end a value, and spaces at its edges. */
const SPECIAL = /[,+"\\<>;]|^[ #]| $/g;

/**
 * Writes a name in the order of the certificate. Values are escaped as in RFC 4514, so that a value cannot imitate an
 * attribute; control characters stay.
 *
 * @param name The content of a Name (RFC 5280 §4.1.2.4).
 */
export function formatDistinguishedName(name: Uint8Array): string {
  return readElements(name).map(({ content }) => readElements(content).map(formatAttribute).join("+")).join(
    ", ",
  );
}

function formatAttribute({ content }: DerElement): string {
  const [type, value] = readElements(content);
  const identifier = type === undefined ? "" : readObjectIdentifier(type.content);
  const text = value === undefined ? "" : readString(value) ?? `#${value.content.toHex()}`;
  return `${TYPES[identifier] ?? identifier}=${escapeValue(text)}`;
}

function escapeValue(text: string): string {
  return text.replace(SPECIAL, (special) => `\\${special}`);
}
