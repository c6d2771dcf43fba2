/**
 * Asks for one version of TLS with a hand-written ClientHello (RFC 5246 §7.4.1.2): the libraries at hand no longer
 * speak the old ones, and whether a server still does has to be told nevertheless.
 *
 * @module
 */

/** A version that can be asked for. */
export type OldTlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2";

const CODES: Readonly<Record<OldTlsVersion, number>> = {
  "TLSv1": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
};

/** Suites of every age: ECDHE with GCM, CBC and ChaCha20, DHE and RSA key exchange, 3DES. */
const SUITES = [
  0xc02b,
  0xc02f,
  0xc02c,
  0xc030,
  0xcca9,
  0xcca8,
  0xc009,
  0xc013,
  0xc00a,
  0xc014,
  0x009e,
  0x009f,
  0x0033,
  0x0039,
  0x009c,
  0x009d,
  0x002f,
  0x0035,
  0x000a,
];
/** x25519, secp256r1, secp384r1, secp521r1. */
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019];
/** ECDSA, RSA-PSS and RSA with SHA-256, -384, -512, Ed25519, and both with SHA-1. */
const SIGNATURES = [
  0x0403,
  0x0503,
  0x0603,
  0x0804,
  0x0805,
  0x0806,
  0x0401,
  0x0501,
  0x0601,
  0x0807,
  0x0203,
  0x0201,
];

/** What a server answered to a ClientHello. */
export type HelloAnswer =
  | { readonly type: "accepted"; readonly version: string }
  | { readonly type: "refused"; readonly alert: number }
  | { readonly type: "incomplete" }
  | { readonly type: "foreign" };

/** Writes a ClientHello whose highest version is `version`. An empty `serverName` sends no SNI. */
export function serializeClientHello(version: OldTlsVersion, serverName: string): Uint8Array {
  const extensions = [
    ...(serverName === ""
      ? []
      : extension(0, vector(2, [0, ...vector(2, [...new TextEncoder().encode(serverName)])]))),
    ...extension(10, vector(2, GROUPS.flatMap(uint16))),
    ...extension(11, vector(1, [0])),
    ...extension(13, vector(2, SIGNATURES.flatMap(uint16))),
    ...extension(0xff01, [0]),
  ];
  const body = [
    ...uint16(CODES[version]),
    ...crypto.getRandomValues(new Uint8Array(32)),
    0,
    ...vector(2, SUITES.flatMap(uint16)),
    ...vector(1, [0]),
    ...vector(2, extensions),
  ];
  // The record says 1.0, as all first records do (RFC 8446 §5.1).
  return Uint8Array.from([22, 3, 1, ...vector(2, [1, ...vector(3, body)])]);
}

/** Reads the first record of the answer. */
export function parseHelloAnswer(bytes: Uint8Array): HelloAnswer {
  const [type, major] = bytes;
  if (type === undefined) return { type: "incomplete" };
  if ((type !== 21 && type !== 22) || (major !== undefined && major !== 3)) return { type: "foreign" };
  if (type === 21) return bytes.length < 7 ? { type: "incomplete" } : { type: "refused", alert: bytes[6]! };
  if (bytes.length < 11) return { type: "incomplete" };
  if (bytes[5] !== 2) return { type: "foreign" };
  const code = bytes[9]! * 256 + bytes[10]!;
  const name = Object.entries(CODES).find(([, known]) => known === code)?.[0];
  return { type: "accepted", version: name ?? `0x${code.toString(16).padStart(4, "0")}` };
}

function uint16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

/** Octets with their length in front, in `size` octets. */
function vector(size: 1 | 2 | 3, octets: readonly number[]): number[] {
  const { length } = octets;
  return [...[length >> 16, (length >> 8) & 0xff, length & 0xff].slice(3 - size), ...octets];
}

function extension(type: number, content: readonly number[]): number[] {
  return [...uint16(type), ...vector(2, content)];
}
