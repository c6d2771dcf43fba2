/**
 * Finds the boundaries of TLS records in a stream that comes in pieces.
 *
 * @module
 */

/** Type (1), version (2) and length (2) before each record (RFC 8446 §5.1). */
const HEADER = 5;

const CHANGE_CIPHER_SPEC = 20;
const HANDSHAKE = 22;

/**
 * Sizes in octets of an encrypted HelloRequest, whose content has 4: with ChaCha20-Poly1305 (RFC 7905 §2) and with
 * AES-GCM (RFC 5288 §3).
 */
const HELLO_REQUESTS: ReadonlySet<number> = new Set([4 + 16, 4 + 8 + 16]);

/** Types of records: change_cipher_spec to heartbeat (RFC 8446 §5.1, RFC 6520 §3). */
const RECORD_TYPES: ReadonlySet<number> = new Set([20, 21, 22, 23, 24]);

/** Tells whether an octet can be the first of a TLS record. */
export function beginsRecord(octet: number): boolean {
  return RECORD_TYPES.has(octet);
}

/** Follows one direction of a TLS connection. */
export class RecordBoundary {
  /** Missing octets of the current record's content. */
  #left = 0;
  /** Octets of the current header that have come. */
  #inHeader = 0;
  #length = 0;
  #lost = false;
  #cipherChanged = false;
  #type = 0;
  /** Handshake records since the last change of the cipher. */
  #handshakes = 0;
  #renegotiates = false;

  /**
   * True if the TLS 1.2 server asked for another handshake. After its change_cipher_spec comes Finished in one record;
   * the only later record of that type is a HelloRequest. In TLS 1.3 these records look like application data.
   */
  get renegotiates(): boolean {
    return this.#renegotiates;
  }

  /**
   * Finds the last record that begins in these octets: gives its index, or 0 if no record begins.
   *
   * After octets that are not a record, everything counts as one record that never ends.
   *
   * @param bytes The octets that follow those of the last call.
   */
  findLast(bytes: Uint8Array): number {
    let start = 0;
    let offset = 0;
    while (offset < bytes.length && !this.#lost) {
      if (this.#left > 0) {
        const count = Math.min(this.#left, bytes.length - offset);
        this.#left -= count;
        offset += count;
        continue;
      }
      if (this.#inHeader === 0) start = offset;
      this.#readHeader(bytes[offset] ?? 0);
      offset++;
    }
    return start;
  }

  #readHeader(octet: number): void {
    if (this.#inHeader === 0) this.#noteType(octet);
    if (this.#inHeader >= HEADER - 2) this.#length = (this.#length << 8 | octet) & 0xffff;
    this.#inHeader++;
    if (this.#inHeader < HEADER) return;
    this.#inHeader = 0;
    this.#left = this.#length;
    if (this.#type === HANDSHAKE && this.#cipherChanged) this.#noteHandshake();
  }

  #noteType(type: number): void {
    this.#type = type;
    if (!beginsRecord(type)) this.#lost = true;
    else if (type === CHANGE_CIPHER_SPEC) this.#cipherChanged = true;
  }

  #noteHandshake(): void {
    this.#handshakes++;
    if (this.#handshakes > 1 && HELLO_REQUESTS.has(this.#length)) this.#renegotiates = true;
  }
}
