/**
 * The library as the examples import it.
 *
 * @module
 */

import { fromFileUrl } from "./_root.ts";

/** Where the library is published. */
const PUBLISHED = /"(?:jsr:@sonde\/sonde|https:\/\/deno\.land\/x\/sonde)(?:@[\d.]+)?(\/[\w./]+)?"/g;
const ENTRIES: Readonly<Record<string, string>> =
  JSON.parse(Deno.readTextFileSync(fromFileUrl("deno.json"))).exports;

/** Lets the modules of the repository stand in for those that are published. */
export function toModules(source: string): string {
  return source.replaceAll(PUBLISHED, (_, path = "") => {
    const entry = ENTRIES[`.${path}`] ?? `.${path}`;
    return `"file://${fromFileUrl(entry.slice(2))}"`;
  });
}
