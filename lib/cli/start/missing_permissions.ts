/**
 * Collects the permissions that a run lacked.
 *
 * @module
 */

import type { Grant } from "./covered.ts";

/** Collects the permissions that a run lacked, for one advice at its end. */
export class MissingPermissions {
  readonly #flags = new Set<string>();
  #findNeeded: (() => Promise<readonly Grant[]>) | undefined;

  /** Adds flags of Deno that would grant a missing permission. */
  add(flags: readonly string[]): void {
    // Of many hosts, the flag for all is of more use than a long list.
    for (const flag of flags) {
      this.#flags.add(this.#flags.size < MOST_FLAGS ? flag : flag.replace(/=[^]*/, ""));
    }
  }

  /** Forgets all of them, for a run that gives no advice. */
  clear(): void {
    this.#flags.clear();
  }

  /** Sets the function that finds all permissions of the run, where they can be known. */
  need(find: () => Promise<readonly Grant[]>): void {
    this.#findNeeded = find;
  }

  get flags(): readonly string[] {
    return [...this.#flags];
  }

  /** Finds all permissions of the run; `undefined` where they cannot be known. */
  async findNeeded(): Promise<readonly Grant[] | undefined> {
    return await this.#findNeeded?.();
  }
}

/** The most flags that are named with their values. */
const MOST_FLAGS = 5;
