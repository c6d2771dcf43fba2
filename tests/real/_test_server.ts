/**
 * Tests that need a program which may not be there.
 *
 * @module
 */

import { findProgram, type RealServerKind } from "./_server.ts";

/** A test that is left out, and says so, where the server is not installed. */
export function testServer(kind: RealServerKind, title: string, body: () => Promise<void>): void {
  const missing = findProgram(kind) === undefined;
  Deno.test({
    name: `${kind.name}${missing ? ` (${kind.program} is not installed)` : ""}: ${title}`,
    // In CI everything is installed, and what is not is an error.
    ignore: missing && Deno.env.get("CI") !== "true",
    fn: body,
  });
}
