/**
 * Reads the part of a TLS 1.2 handshake that a server sends in the clear: its random, its certificate and its signature.
 *
 * @module
 */

const RECORD_HEADER = 5;
const MESSAGE_HEADER = 4;
const HANDSHAKE = 22;

const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const SERVER_KEY_EXCHANGE = 12;

/** The messages that have arrived; a message that cannot be read is left out. */
export interface ClearHandshake {
  /** The server's random. */
  readonly random?: Uint8Array;
  /** The server's own certificate in DER. */
  readonly certificate?: Uint8Array;
  /** The parameters that the server signed with the key of its certificate (RFC 8422 §5.4). */
  readonly keyExchange?: SignedParameters;
}

/** The parameters of ECDHE, and the signature over both randoms and the parameters. */
export interface SignedParameters {
  readonly parameters: Uint8Array;
  /** SignatureAndHashAlgorithm: 0x0403 is ECDSA with SHA-256 (RFC 8446 §4.2.3). */
  readonly scheme: number;
  readonly signature: Uint8Array;
}

/**
 * Reads the messages of the server up to the first record that is not a handshake record.
 *
 * @param octets All octets from the server, starting with the first one.
 */
export function readClearHandshake(octets: Uint8Array): ClearHandshake {
  const stream = joinHandshake(octets);
  let result: ClearHandshake = {};
  for (let at = 0; at + MESSAGE_HEADER <= stream.length;) {
    const length = readNumber(stream, at + 1, 3);
    const body = stream.subarray(at + MESSAGE_HEADER, at + MESSAGE_HEADER + length);
    if (body.length < length) break;
    result = { ...result, ...readMessage(stream[at]!, body) };
    at += MESSAGE_HEADER + length;
  }
  return result;
}

/** Reads the random of a ClientHello that is the first record of a client. */
export function readClientRandom(octets: Uint8Array): Uint8Array | undefined {
  // It follows both headers and the version of the client (RFC 5246 §7.4.1.2).
  const start = RECORD_HEADER + MESSAGE_HEADER + 2;
  return octets.length < start + 32 ? undefined : octets.slice(start, start + 32);
}

function joinHandshake(octets: Uint8Array): Uint8Array {
  const joined = new Uint8Array(octets.length);
  let length = 0;
  for (let at = 0; at + RECORD_HEADER <= octets.length && octets[at] === HANDSHAKE;) {
    const end = at + RECORD_HEADER + readNumber(octets, at + 3, 2);
    const content = octets.subarray(at + RECORD_HEADER, end);
    joined.set(content, length);
    length += content.length;
    at = end;
  }
  return joined.subarray(0, length);
}

function readMessage(type: number, body: Uint8Array): ClearHandshake {
  switch (type) {
    case SERVER_HELLO:
      return { random: body.slice(2, 34) };
    case CERTIFICATE: {
      // The length of the list, then each certificate after its own length.
      const length = readNumber(body, 3, 3);
      return { certificate: body.slice(6, 6 + length) };
    }
    case SERVER_KEY_EXCHANGE:
      return readKeyExchange(body);
    default:
      return {};
  }
}

function readKeyExchange(body: Uint8Array): ClearHandshake {
  // curve_type (1), namedcurve (2), the length of the public key (1), and the key.
  const end = 4 + (body[3] ?? 0);
  const length = readNumber(body, end + 2, 2);
  const signature = body.slice(end + 4, end + 4 + length);
  if (signature.length < length || length === 0) return {};
  return { keyExchange: { parameters: body.slice(0, end), scheme: readNumber(body, end, 2), signature } };
}

function readNumber(octets: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 256 + (octets[at + i] ?? 0);
  return value;
}
