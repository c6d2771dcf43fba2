/**
 * Describes what a plan cannot know about redirects.
 *
 * @module
 */

import type { ProbeOptions } from "../../probe/options.ts";

/** Describes redirects, whose hosts a plan cannot know. */
export function describeRedirects({ maxRedirects = 0 }: Pick<ProbeOptions, "maxRedirects">): string[] {
  return maxRedirects > 0
    ? ["for redirects add the hosts that they lead to, or grant --allow-net alone"]
    : [];
}
