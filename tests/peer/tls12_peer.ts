/**
 * A TLS 1.2 server written for tests, which sends records that a real one never sends: any record after the handshake,
 * alerts of every number, a HelloRequest. It knows one cipher, checks nothing, and is only suitable for loopback.
 *
 * @module
 */

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  sign,
} from "node:crypto";
import { fixture } from "./peer.ts";

/** Types of records (RFC 5246 §6.2.1). */
export const RECORD = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const;

/** A HelloRequest (RFC 5246 §7.4.1.1), which asks for another handshake. */
export const HELLO_REQUEST: Uint8Array = Uint8Array.of(0, 0, 0, 0);

/** A received record, decrypted. */
export interface ReceivedRecord {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** The server's side of a connection whose handshake is made. */
export interface Tls12Line {
  /** Sends one record, encrypted. */
  send(type: number, bytes: Uint8Array): Promise<void>;
  /** The next record, or undefined at the end. */
  receive(): Promise<ReceivedRecord | undefined>;
}

/** Options of {@linkcode startTls12Peer}. */
export interface Tls12Options {
  /** Name of the certificate in `tests/fixtures/`. @default {"good"} */
  readonly certificate?: string;
  /** Name of the key that signs the handshake. @default {that of the certificate} */
  readonly key?: string;
}

/** A running server. */
export interface Tls12Peer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
}

/** Starts a server that completes the handshake with every client, calls `play`, and closes the connection. */
export function startTls12Peer(
  play: (line: Tls12Line) => Promise<void>,
  options: Tls12Options = {},
): Tls12Peer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const running: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      open.add(conn);
      running.push(serve(conn, play, options).finally(() => open.delete(conn)));
    }
  })();
  return {
    address: "127.0.0.1",
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const conn of open) close(conn);
      await accepting;
      await Promise.all(running);
    },
  };
}

async function serve(conn: Deno.Conn, play: (line: Tls12Line) => Promise<void>, options: Tls12Options) {
  try {
    const line = new Line(conn, options);
    await line.shakeHands();
    await play(line);
  } catch {
    // The client is what is tested: it may end the connection, as may the end of the test, whenever it likes.
  }
  close(conn);
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It is closed already.
  }
}

class Line implements Tls12Line {
  readonly #conn: Deno.Conn;
  readonly #options: Tls12Options;
  readonly #transcript: Uint8Array[] = [];
  #buffer = new Uint8Array(0);
  #read: Direction | undefined;
  #write: Direction | undefined;

  constructor(conn: Deno.Conn, options: Tls12Options) {
    this.#conn = conn;
    this.#options = options;
  }

  async shakeHands(): Promise<void> {
    const { certificate = "good", key = certificate } = this.#options;
    const signer = createPrivateKey(fixture(`${key}.key`));
    const rsa = signer.asymmetricKeyType === "rsa";
    const clientRandom = (await this.#hear()).subarray(6, 38);
    const serverRandom = crypto.getRandomValues(new Uint8Array(32));
    // ECDHE_RSA or ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, no compression, no extensions.
    await this.#say(2, join([3, 3], serverRandom, [0, 0xc0, rsa ? 0x2f : 0x2b, 0]));
    const der = Uint8Array.fromBase64(fixture(`${certificate}.pem`).replace(/-----[A-Z ]+-----|\s/g, ""));
    await this.#say(11, join(number(der.length + 3, 3), number(der.length, 3), der));
    const ecdh = createECDH("prime256v1");
    const parameters = join([3, 0, 23, 65], new Uint8Array(ecdh.generateKeys()));
    const signed = join(clientRandom, serverRandom, parameters);
    const signature = new Uint8Array(sign("sha256", signed, signer));
    // With SHA-256, and PKCS #1 or ECDSA.
    await this.#say(12, join(parameters, [4, rsa ? 1 : 3], number(signature.length, 2), signature));
    await this.#say(14, new Uint8Array(0));

    const secret = new Uint8Array(ecdh.computeSecret((await this.#hear()).subarray(5)));
    const master = expand(secret, "master secret", join(clientRandom, serverRandom), 48);
    const keys = expand(master, "key expansion", join(serverRandom, clientRandom), 40);
    await this.#readRecord();
    this.#read = new Direction(keys.slice(0, 16), keys.slice(32, 36));
    await this.#hear();
    await this.send(RECORD.changeCipherSpec, Uint8Array.of(1));
    this.#write = new Direction(keys.slice(16, 32), keys.slice(36, 40));
    await this.#say(20, expand(master, "server finished", hash(join(...this.#transcript)), 12));
  }

  async send(type: number, bytes: Uint8Array): Promise<void> {
    const content = this.#write?.seal(type, bytes) ?? bytes;
    let rest = join([type, 3, 3], number(content.length, 2), content);
    while (rest.length > 0) rest = rest.subarray(await this.#conn.write(rest));
  }

  async receive(): Promise<ReceivedRecord | undefined> {
    try {
      return await this.#readRecord();
    } catch {
      return undefined;
    }
  }

  /** Sends a message of the handshake. */
  async #say(type: number, body: Uint8Array): Promise<void> {
    const message = join([type], number(body.length, 3), body);
    this.#transcript.push(message);
    await this.send(RECORD.handshake, message);
  }

  /** Takes a message of the handshake, which is one record. */
  async #hear(): Promise<Uint8Array> {
    const { bytes } = await this.#readRecord();
    this.#transcript.push(bytes);
    return bytes;
  }

  async #readRecord(): Promise<ReceivedRecord> {
    const header = await this.#take(5);
    const content = await this.#take((header[3]! << 8) | header[4]!);
    const type = header[0]!;
    return { type, bytes: this.#read?.open(type, content) ?? content };
  }

  async #take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const piece = new Uint8Array(4096);
    while (this.#buffer.length < count) {
      const read = await this.#conn.read(piece);
      if (read === null) throw new Error("the client ended");
      this.#buffer = join(this.#buffer, piece.subarray(0, read));
    }
    const taken = this.#buffer.slice(0, count);
    this.#buffer = this.#buffer.slice(count);
    return taken;
  }
}

/** One direction after change_cipher_spec: AES-128-GCM (RFC 5288 §3). */
class Direction {
  readonly #key: Uint8Array;
  readonly #salt: Uint8Array;
  #sequence = 0;

  constructor(key: Uint8Array, salt: Uint8Array) {
    this.#key = key;
    this.#salt = salt;
  }

  seal(type: number, bytes: Uint8Array): Uint8Array {
    const nonce = number(this.#sequence, 8);
    const cipher = createCipheriv("aes-128-gcm", this.#key, join(this.#salt, nonce));
    cipher.setAAD(this.#additional(type, bytes.length));
    const sealed = new Uint8Array(cipher.update(bytes));
    cipher.final();
    return join(nonce, sealed, new Uint8Array(cipher.getAuthTag()));
  }

  open(type: number, content: Uint8Array): Uint8Array {
    const sealed = content.subarray(8, -16);
    const decipher = createDecipheriv("aes-128-gcm", this.#key, join(this.#salt, content.subarray(0, 8)));
    decipher.setAAD(this.#additional(type, sealed.length));
    decipher.setAuthTag(content.subarray(-16));
    const opened = new Uint8Array(decipher.update(sealed));
    decipher.final();
    return opened;
  }

  #additional(type: number, length: number): Uint8Array {
    return join(number(this.#sequence++, 8), [type, 3, 3], number(length, 2));
  }
}

/** The pseudorandom function of TLS 1.2 (RFC 5246 §5). */
function expand(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const whole = join(new TextEncoder().encode(label), seed);
  const hmac = (bytes: Uint8Array): Uint8Array =>
    new Uint8Array(createHmac("sha256", secret).update(bytes).digest());
  let output = new Uint8Array(0);
  for (let chain = hmac(whole); output.length < length; chain = hmac(chain)) {
    output = join(output, hmac(join(chain, whole)));
  }
  return output.slice(0, length);
}

function hash(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

function number(value: number, octets: number): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, i) => Math.floor(value / 256 ** (octets - 1 - i)) % 256);
}

function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
