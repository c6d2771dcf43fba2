/**
 * Notes the secrets that a task file asks for.
 *
 * @module
 */

import { PROCESS_SECRETS, type SecretSource } from "../../../watch/tasks/secrets.ts";
import type { Permission } from "../../start/permission.ts";

/** The secrets of this process; a secret that may not be read gets a stand-in. */
export class AskedSecrets implements SecretSource {
  readonly #permissions: Permission[] = [];
  readonly #standIn: string;
  #missing = false;

  /** @param standIn Stands for a secret that may not be read. */
  constructor(standIn: string) {
    this.#standIn = standIn;
  }

  /** The permissions that all secrets need together. */
  get permissions(): readonly Permission[] {
    return this.#permissions;
  }

  /** Tells if a secret may not be read. */
  get missing(): boolean {
    return this.#missing;
  }

  /** Reads a variable of the environment. */
  env(name: string): string | undefined {
    this.#permissions.push({ access: "env", value: name, reason: `\${env:${name}}` });
    const { state } = Deno.permissions.querySync({ name: "env", variable: name });
    return state === "granted" ? PROCESS_SECRETS.env(name) : this.#miss();
  }

  /** Reads the text of a file. */
  file(path: string): string {
    this.#permissions.push({ access: "read", value: path, reason: `\${file:${path}}` });
    const { state } = Deno.permissions.querySync({ name: "read", path });
    return state === "granted" ? PROCESS_SECRETS.file(path) : this.#miss();
  }

  /** Reads the octets of a file that {@linkcode file} could not decode. */
  octets(path: string): Uint8Array | undefined {
    return PROCESS_SECRETS.octets?.(path);
  }

  #miss(): string {
    this.#missing = true;
    return this.#standIn;
  }
}
