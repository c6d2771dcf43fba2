import type { Grant } from "./covered.ts";

/** Collects the permissions that a run lacked, for one advice at its end. */
export class MissingPermissions {
  readonly #flags = new Set<string>();
  #needed: readonly Grant[] | undefined;

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

  /** Sets the permissions that the whole run needs, where they are known. */
  need(permissions: readonly Grant[]): void {
    this.#needed = permissions;
  }

  get flags(): readonly string[] {
    return [...this.#flags];
  }

  get needed(): readonly Grant[] | undefined {
    return this.#needed;
  }
}

/** The most flags that are named with their values. */
const MOST_FLAGS = 5;
