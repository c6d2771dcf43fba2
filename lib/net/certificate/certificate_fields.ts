/**
 * Reads the fields of a certificate from its DER bytes (RFC 5280 §4.1).
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import { type DerElement, readElements, readObjectIdentifier } from "./der.ts";
import { formatDistinguishedName } from "./distinguished_name.ts";

/** A name that identifies a server. A DNS name and an IP address with the same text are different. */
export interface CertificateName {
  readonly type: "dns" | "ip";
  readonly value: string;
}

/** The fields of a certificate that sonde shows or judges. */
export interface CertificateFields {
  /** In hex, an even number of digits, as `openssl x509 -serial` writes it. */
  readonly serial: string;
  /** For example `O=sonde tests, CN=localhost`; see {@linkcode formatDistinguishedName}. */
  readonly issuer: string;
  /** Distinguished name of the certificate itself, in the same form. */
  readonly subject: string;
  /** DNS names and IP addresses of the subjectAltName extension, in its order. */
  readonly names: readonly CertificateName[];
  /** Object identifier of the signature algorithm, as `1.2.840.113549.1.1.5`. */
  readonly signatureAlgorithm: string;
  /** Object identifiers of the extendedKeyUsage extension; undefined if the extension is missing. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** True if basicConstraints marks the certificate as that of an authority. */
  readonly authority: boolean;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const BOOLEAN = 0x01;
/** `[0]` around the version, `[3]` around the extensions. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const SUBJECT_ALT_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";

/** Kinds of GeneralName (RFC 5280 §4.2.1.6): `[2]` a DNS name, `[7]` the bytes of an IP address. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const NOTHING = new Uint8Array(0);

/**
 * Reads a certificate. A missing field is empty.
 *
 * @param der The certificate in DER.
 */
export function readCertificateFields(der: Uint8Array): CertificateFields {
  const [certificate] = readElements(der);
  const [signed, algorithm] = readElements(certificate?.content ?? NOTHING);
  const fields = readElements(signed?.content ?? NOTHING).filter(({ tag }) => tag !== VERSION);
  const [serial, , issuer, , subject] = fields;
  const extensions = readExtensions(fields.find(({ tag }) => tag === EXTENSIONS));
  return {
    serial: readSerial(serial),
    issuer: formatDistinguishedName(issuer?.content ?? NOTHING),
    subject: formatDistinguishedName(subject?.content ?? NOTHING),
    names: readNames(extensions.get(SUBJECT_ALT_NAME)),
    signatureAlgorithm: readIdentifiers(algorithm?.content)[0] ?? "",
    extendedKeyUsage: readUsage(extensions.get(EXTENDED_KEY_USAGE)),
    authority: readAuthority(extensions.get(BASIC_CONSTRAINTS)),
  };
}

/** Maps each extension's identifier to the sequence inside it. */
function readExtensions(extensions: DerElement | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const [list] = readElements(extensions?.content ?? NOTHING);
  for (const { content } of readElements(list?.content ?? NOTHING)) {
    const [identifier, ...rest] = readElements(content);
    const value = rest.find(({ tag }) => tag === OCTET_STRING);
    const [sequence] = readElements(value?.content ?? NOTHING);
    if (identifier === undefined || sequence?.tag !== SEQUENCE) continue;
    found.set(readObjectIdentifier(identifier.content), sequence.content);
  }
  return found;
}

function readSerial(serial: DerElement | undefined): string {
  if (serial?.tag !== INTEGER) return "";
  // The sign takes a byte of its own if the first bit of the number is set (X.690 §8.3).
  const { content } = serial;
  return (content.length > 1 && content[0] === 0 ? content.subarray(1) : content).toHex().toUpperCase();
}

function readNames(names: Uint8Array = NOTHING): CertificateName[] {
  return readElements(names).flatMap(({ tag, content }): CertificateName[] => {
    if (tag === DNS_NAME) return [{ type: "dns", value: decodeLatin1(content) }];
    const address = tag === IP_ADDRESS ? formatAddress(content) : undefined;
    return address === undefined ? [] : [{ type: "ip", value: address }];
  });
}

/** Formats an IP address; undefined if the number of bytes fits neither family. */
function formatAddress(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return undefined;
  const groups = octets.toHex().match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

function readUsage(usage: Uint8Array | undefined): string[] | undefined {
  return usage && readIdentifiers(usage);
}

function readIdentifiers(sequence: Uint8Array = NOTHING): string[] {
  return readElements(sequence).map(({ content }) => readObjectIdentifier(content));
}

function readAuthority(constraints: Uint8Array = NOTHING): boolean {
  const [authority] = readElements(constraints);
  return authority?.tag === BOOLEAN && authority.content[0] !== 0;
}
