/**
 * Requests one TLS version with a hand-written ClientHello (RFC 5246 §7.4.1.2). TLS libraries no longer speak the old
 * versions, but this experiment has to find out whether the server still does.
 *
 * @module
 */

/** A TLS version to request. */
export type OldTlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2";

const CODES: Readonly<Record<OldTlsVersion, number>> = {
  "TLSv1": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
};

/** Cipher suites of all ages: ECDHE with GCM, CBC and ChaCha20, DHE and RSA key exchange, 3DES. */
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

/** The server's answer to a ClientHello. */
export type HelloAnswer =
  | { readonly type: "accepted"; readonly version: string }
  | { readonly type: "refused"; readonly alert: number }
  | { readonly type: "incomplete" }
  | { readonly type: "foreign" };

/** Writes a ClientHello whose highest version is `version`. An empty `serverName` omits SNI. */
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

const ALERT = 21;
const HANDSHAKE = 22;
/** The alert level that ends nothing, and the one alert of that level that does end the connection. */
const WARNING = 1;
const CLOSE_NOTIFY = 0;

/**
 * Reads the records of the answer up to a ServerHello or an alert that ends the handshake. A server that does not know
 * the name may report that as a warning and go on (RFC 6066 §3).
 */
export function parseHelloAnswer(bytes: Uint8Array): HelloAnswer {
  const message: number[] = [];
  for (let offset = 0;;) {
    const [type, major, , high = 0, low = 0] = bytes.subarray(offset);
    if (type === undefined) return { type: "incomplete" };
    if ((type !== ALERT && type !== HANDSHAKE) || (major !== undefined && major !== 3)) {
      return { type: "foreign" };
    }
    const content = bytes.subarray(offset + 5, offset + 5 + high * 256 + low);
    offset += 5 + high * 256 + low;
    if (type === HANDSHAKE) {
      message.push(...content);
      const answer = readServerHello(message);
      if (answer !== undefined) return answer;
    } else {
      const [level, alert] = content;
      if (level === undefined || alert === undefined) return { type: "incomplete" };
      if (level !== WARNING || alert === CLOSE_NOTIFY) return { type: "refused", alert };
    }
    if (offset > bytes.length) return { type: "incomplete" };
  }
}

/** Gives the version; undefined until it has come. */
function readServerHello([type, , , , high, low]: readonly number[]): HelloAnswer | undefined {
  if (type !== undefined && type !== 2) return { type: "foreign" };
  if (high === undefined || low === undefined) return undefined;
  const code = high * 256 + low;
  const name = Object.entries(CODES).find(([, known]) => known === code)?.[0];
  return { type: "accepted", version: name ?? `0x${code.toString(16).padStart(4, "0")}` };
}

function uint16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

/** Prefixes bytes with their length, in `size` bytes. */
function vector(size: 1 | 2 | 3, octets: readonly number[]): number[] {
  const { length } = octets;
  return [...[length >> 16, (length >> 8) & 0xff, length & 0xff].slice(3 - size), ...octets];
}

function extension(type: number, content: readonly number[]): number[] {
  return [...uint16(type), ...vector(2, content)];
}
