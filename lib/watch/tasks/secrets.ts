/**
 * Reads secrets from the environment and from files, and keeps them from being printed.
 *
 * @module
 */

import { EncodingError } from "../../text/decode/encoding_error.ts";
import { decodeText } from "../../text/decode/text_reader.ts";
import { decodeOctets, encodeUserinfo, misreadings } from "../../target/userinfo.ts";
import { redactSecrets } from "../redaction/redact_secrets.ts";
import { SecretIndex, SHORTEST_SECRET } from "../redaction/secret_index.ts";

/** A source of secrets. */
export interface SecretSource {
  /** Reads a variable of the environment; `undefined` if it is not set. Throws if there is no permission. */
  env(name: string): string | undefined;
  /** Reads the text of a file. Throws if that fails. */
  file(path: string): string;
  /** Reads the octets of a file that {@linkcode file} could read, but not decode. */
  octets?(path: string): Uint8Array | undefined;
}

/** The environment and files of this process. */
export const PROCESS_SECRETS: SecretSource = {
  env: (name) => {
    if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") {
      throw new SyntaxError(`this needs --allow-env=${name}`);
    }
    try {
      return Deno.env.get(name);
    } catch (error) {
      if (!(error instanceof Deno.errors.InvalidData)) throw error;
      throw new SyntaxError(`its value is not UTF-8: put it into a file and write \${file:PATH}`);
    }
  },
  file: (path) => {
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") {
      throw new SyntaxError(`this needs --allow-read=${path}`);
    }
    try {
      return decodeText(Deno.readFileSync(path));
    } catch (error) {
      if (error instanceof EncodingError) throw error;
      throw new SyntaxError(error instanceof Deno.errors.NotFound ? "there is no such file" : String(error));
    }
  },
  octets: (path) => Deno.readFileSync(path),
};

const REFERENCE = /\$\{(env|file):([^}]+)\}/g;

/** The beginning of a broken reference, which would be sent as it is. */
const TORN_REFERENCE = /\$\{(env|file):/;

/** A password in a URL, with its surroundings. */
const URL_PASSWORD = /(\/\/[^\s/?#@:"'<>]*:)[^\s/?#@"'<>]*(?=@)/g;

/** Replaces the password of every URL in a text by `***`. */
export function redactPasswords(text: string): string {
  return text.includes("@") ? text.replace(URL_PASSWORD, "$1***") : text;
}

/** Tells if a text has a reference to a variable or file. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) !== -1;
}

/** Characters of the longest text whose outcome is kept, and the number of such texts. */
const LONGEST_REMEMBERED = 300;
const MOST_REMEMBERED = 5000;

/** Replaces references by secrets, and remembers the secrets. */
export class Secrets {
  readonly #source: SecretSource;
  readonly #values = new Set<string>();
  readonly #index = new SecretIndex();
  /** Short texts as redacted: each run of a check has the same names, fields and messages again. */
  readonly #redacted = new Map<string, string>();

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /**
   * Replaces `${env:NAME}` and `${file:PATH}` in a text. The line end at the end of a file is not part of the secret.
   *
   * @param options With `octets`, a file need not be UTF-8; the text is for `encodeUserinfo`
   * @throws {SyntaxError} If there is no such variable or file, or if a reference is incomplete
   */
  resolve(text: string, { octets = false } = {}): string {
    const torn = TORN_REFERENCE.exec(text.replace(REFERENCE, ""));
    if (torn !== null) {
      throw new SyntaxError(
        `Cannot use ${torn[0]}: write \${${torn[1]}:${torn[1] === "env" ? "NAME" : "PATH"}}`,
      );
    }
    return text.replace(REFERENCE, (reference, kind: "env" | "file", name: string) => {
      const value = this.#read(reference, kind, { name, octets });
      this.add(value);
      return value;
    });
  }

  /** Remembers a secret that the task file contains itself. */
  add(value: string): void {
    if (value.length < SHORTEST_SECRET || this.#values.has(value)) return;
    this.#values.add(value);
    for (const reading of [value, ...misreadings(value)]) this.#index.add(reading);
    this.#redacted.clear();
  }

  /** Remembers the password of a user; the name of the user stays visible, except in Basic credentials. */
  addPassword({ user, password }: { readonly user: string; readonly password: string }): void {
    if (password === "") return;
    this.add(password);
    // A password may be too short to be found in Base64, which also begins in the middle of a character of it.
    this.add(encodeUserinfo(`${user}:${password}`).toBase64());
  }

  /**
   * Replaces by `***` every secret, in whatever way it is written, every part of eight characters or more, the beginning
   * of a secret that was cut, and the passwords of URLs.
   */
  redact(text: string): string {
    const known = this.#redacted.get(text);
    if (known !== undefined) return known;
    const redacted = redactPasswords(redactSecrets(text, this.#index));
    if (text.length > LONGEST_REMEMBERED) return redacted;
    if (this.#redacted.size >= MOST_REMEMBERED) this.#redacted.clear();
    this.#redacted.set(text, redacted);
    return redacted;
  }

  #read(
    reference: string,
    kind: "env" | "file",
    { name, octets }: { readonly name: string; readonly octets: boolean },
  ): string {
    try {
      const value = kind === "env" ? this.#source.env(name) : withoutLineEnd(this.#source.file(name));
      if (value === undefined) throw new SyntaxError("the variable is not set");
      return value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const raw = octets && error instanceof EncodingError ? this.#source.octets?.(name) : undefined;
      if (raw !== undefined) return withoutLineEnd(decodeOctets(raw));
      throw new SyntaxError(`Cannot use ${reference}: ${error.message}`);
    }
  }
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
