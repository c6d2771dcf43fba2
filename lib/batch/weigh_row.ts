/**
 * What a row keeps in memory beyond what each one does.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";

/** Counts the characters of content that a row keeps, its redirects included. */
export function weighRow({ body, redirects }: Pick<ProbeResult, "body" | "redirects">): number {
  let characters = body?.text?.length ?? 0;
  for (const hop of redirects) characters += hop.body?.text?.length ?? 0;
  return characters;
}
