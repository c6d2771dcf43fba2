/**
 * Values from the environment and from files, and how they are kept from being printed.
 *
 * @module
 */

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
      return Deno.readTextFileSync(path);
    } catch (error) {
      throw new SyntaxError(error instanceof Deno.errors.NotFound ? "there is no such file" : String(error));
    }
  },
};

/** Shorter values are as likely to stand in a text by chance. */
const SHORTEST_REDACTED = 4;

const REFERENCE = /\$\{(env|file):([^}]+)\}/g;

/** Puts values in place of references to them, and remembers them. */
export class Secrets {
  readonly #source: SecretSource;
  readonly #values = new Set<string>();

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /**
   * Puts values in place of `${env:NAME}` and `${file:PATH}`; the line end at the end of a file is not part of it.
   *
   * @throws {SyntaxError} If there is no such variable or file, with its name.
   */
  resolve(text: string): string {
    return text.replace(REFERENCE, (reference, kind: "env" | "file", name: string) => {
      const value = this.#read(reference, kind, name);
      this.#values.add(value);
      return value;
    });
  }

  /** The text with `***` in place of every secret, as it is and as JSON, URLs and field lines write it. */
  redact(text: string): string {
    let redacted = text;
    for (const value of this.#values) {
      if (value.length < SHORTEST_REDACTED) continue;
      for (
        const form of new Set([
          value,
          JSON.stringify(value).slice(1, -1),
          encodeURI(value),
          encodeURIComponent(value),
          value.replace(/[^\x21-\x7e]+/g, encodeURIComponent), // As a target is written.
          String.fromCharCode(...new TextEncoder().encode(value)), // One code unit per octet.
        ])
      ) {
        redacted = redacted.replaceAll(form, "***");
      }
    }
    return redacted;
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
  return Object.fromEntries(Object.entries(data).map(([name, it]) => [name, redactAll(it, redact)])) as T;
}
