/**
 * The library as the examples import it.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";

/** Where the library is published. */
const PUBLISHED = /"https:\/\/deno\.land\/x\/sonde(?:@[\d.]+)?\/([\w./]+)"/g;

/** Lets the modules of the repository stand in for those that are published. */
export function toModules(source: string): string {
  return source.replaceAll(PUBLISHED, (_, path: string) => `"file://${fromFileUrl(path)}"`);
}
