/**
 * Maps the published library, which the examples import, to the repository.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";

/** Matches the quoted URL of a published module. */
const PUBLISHED = /"https:\/\/deno\.land\/x\/sonde(?:@[\d.]+)?\/([\w./]+)"/g;

/** Replaces the URLs of published modules in a source text by files of the repository. */
export function toModules(source: string): string {
  return source.replaceAll(PUBLISHED, (_, path: string) => `"file://${fromFileUrl(path)}"`);
}
