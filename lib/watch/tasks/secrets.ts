/**
 * Values from the environment and from files, and how they are kept from being printed.
 *
 * @module
 */

import { EncodingError } from "../../text/decode/encoding_error.ts";
import { decodeText } from "../../text/decode/text_reader.ts";
import { WrittenNumber } from "../../expect/written_number.ts";
import { secretForms } from "./secret_forms.ts";

/** Where secrets come from. */
export interface SecretSource {
  /** A variable of the environment; `undefined` if it is not set. Throws if it may not be read. */
  env(name: string): string | undefined;
  /** The text of a file. Throws if it cannot be read. */
  file(path: string): string;
}

/** The environment and files of this process. */
export const PROCESS_SECRETS: SecretSource = {
  env: (name) => {
    if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") {
      throw new SyntaxError(`start Deno with --allow-env=${name}`);
    }
    return Deno.env.get(name);
  },
  file: (path) => {
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") {
      throw new SyntaxError(`start Deno with --allow-read=${path}`);
    }
    try {
      return decodeText(Deno.readFileSync(path));
    } catch (error) {
      if (error instanceof EncodingError) throw error;
      throw new SyntaxError(error instanceof Deno.errors.NotFound ? "there is no such file" : String(error));
    }
  },
};

/** Shorter values are as likely to stand in a text by chance. */
const SHORTEST_REDACTED = 4;

const REFERENCE = /\$\{(env|file):([^}]+)\}/g;

/** The beginning of what was meant to be a reference and is none: it would be sent as it is. */
const TORN_REFERENCE = /\$\{(env|file):/;

/** A password in a URL, with what stands around it. */
const URL_PASSWORD = /(\/\/[^\s/?#@:"'<>]*:)[^\s/?#@"'<>]*(?=@)/g;

/** What stands at the end of a text that was cut. */
const CUT = "…";

/** The text with `***` in place of the password of every URL in it. */
export function redactPasswords(text: string): string {
  return text.includes("@") ? text.replace(URL_PASSWORD, "$1***") : text;
}

/** Whether a text has a reference to a variable or file. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) !== -1;
}

/** Puts values in place of references to them, and remembers them. */
export class Secrets {
  readonly #source: SecretSource;
  readonly #values = new Set<string>();
  /** In every way in which it may be written, the longest first. */
  #forms: readonly string[] = [];

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /**
   * Puts values in place of `${env:NAME}` and `${file:PATH}`; the line end at the end of a file is not part of it.
   *
   * @throws {SyntaxError} If there is no such variable or file, with its name, or a reference has no name or end.
   */
  resolve(text: string): string {
    const torn = TORN_REFERENCE.exec(text.replace(REFERENCE, ""));
    if (torn !== null) {
      throw new SyntaxError(
        `Cannot use ${torn[0]}: write \${${torn[1]}:${torn[1] === "env" ? "NAME" : "PATH"}}`,
      );
    }
    return text.replace(REFERENCE, (reference, kind: "env" | "file", name: string) => {
      const value = this.#read(reference, kind, name);
      this.add(value);
      return value;
    });
  }

  /** Remembers a secret that was written down as it is. */
  add(value: string): void {
    if (value.length < SHORTEST_REDACTED || this.#values.has(value)) return;
    this.#values.add(value);
    this.#forms = [...this.#forms, ...secretForms(value)].sort((a, b) => b.length - a.length);
  }

  /**
   * The text with `***` in place of every secret, however it is written, of the beginning of one where the text was cut
   * in the middle of it, and of passwords in URLs.
   */
  redact(text: string): string {
    let redacted = text;
    for (const form of this.#forms) redacted = redacted.replaceAll(form, "***");
    if (redacted.includes(CUT)) redacted = this.#redactCut(redacted);
    return redactPasswords(redacted);
  }

  #redactCut(text: string): string {
    return text.split(CUT).map((part, index, parts) => {
      const longest = index < parts.length - 1 ? this.#beginningAtEnd(part) : 0;
      return longest === 0 ? part : `${part.slice(0, -longest)}***`;
    }).join(CUT);
  }

  /** Code units at the end of a text that are the beginning of a secret. */
  #beginningAtEnd(text: string): number {
    let longest = 0;
    for (const form of this.#forms) {
      for (let length = Math.min(form.length, text.length); length > longest; length--) {
        if (text.endsWith(form.slice(0, length))) longest = length;
      }
    }
    return longest >= SHORTEST_REDACTED ? longest : 0;
  }

  #read(reference: string, kind: "env" | "file", name: string): string {
    try {
      const value = kind === "env" ? this.#source.env(name) : this.#source.file(name).replace(/\r?\n$/, "");
      if (value === undefined) throw new SyntaxError("the variable is not set");
      return value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`Cannot use ${reference}: ${error.message}`);
    }
  }
}

/**
 * A copy of plain data in which every text went through `redact`. Done before the data is formatted: quoting, escaping
 * and wrapping would hide a secret from it, and a number that looks like one stays a number.
 */
export function redactAll<T>(data: T, redact: (text: string) => string): T {
  if (typeof data === "string") return redact(data) as T;
  if (data === null || typeof data !== "object") return data;
  if (Array.isArray(data)) return data.map((it: unknown) => redactAll(it, redact)) as T;
  // A number that keeps how it was written.
  if (data instanceof WrittenNumber) return data;
  return Object.fromEntries(Object.entries(data).map(([name, it]) => [name, redactAll(it, redact)])) as T;
}
