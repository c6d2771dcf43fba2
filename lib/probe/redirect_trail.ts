/**
 * Follows redirects up to a limit and stops at a loop.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { formatUrl, type SettledTarget } from "../target/target.ts";
import { blameRedirect } from "./blame_redirect.ts";
import type { ProbeOptions } from "./options.ts";
import { findRedirect, redirectRequest } from "./redirect.ts";

/** The next hop, or the final result. */
export type RedirectStep =
  | { readonly target: SettledTarget; readonly options: ProbeOptions }
  | { readonly result: ProbeResult };

/** The hops so far. */
export class RedirectTrail {
  readonly #limit: number;
  readonly #hops: ProbeResult[] = [];

  /** @param limit Maximum number of redirects to follow */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Decides what follows the result of a hop. */
  follow(result: ProbeResult, from: SettledTarget, before: ProbeOptions): RedirectStep {
    const hops = this.#hops;
    const next = result.error || result.status === undefined
      ? { type: "none" } as const
      : findRedirect(result.status, result.headers ?? [], from);
    if (next.type === "none") {
      const last = hops.at(-1);
      result.redirects = hops;
      return { result: last === undefined ? result : blameRedirect(result, last) };
    }
    if (next.type === "invalid") return this.#refuse(result, next.cause);
    const options = redirectRequest(before, result.status!, from, next.target);
    const url = formatUrl(next.target);
    const known = [...hops, result].some((hop) =>
      hop.url === url && hop.method === (options.method ?? "GET")
    );
    if (known) return this.#refuse(result, `it leads in a loop, back to ${url}`);
    if (hops.length >= this.#limit) {
      return this.#refuse(result, `it is one more than the limit of ${this.#limit}`);
    }
    hops.push(result);
    return { target: next.target, options };
  }

  #refuse(result: ProbeResult, cause: string): RedirectStep {
    const message = `Cannot follow the redirect of ${result.method} ${result.url}: ${cause}`;
    const error = { kind: "redirect", phase: "head", by: "target", message } as const;
    return { result: { ...result, ok: false, error, redirects: this.#hops } };
  }
}
