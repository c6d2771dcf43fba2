/**
 * Tests that need a program which may not be there.
 *
 * @module
 */

import { missingPart } from "./_missing_part.ts";
import { findProgram, type RealServerKind } from "./_server.ts";

/**
 * A test that is left out, and says why, where a server is not installed, or without a module that its configuration loads.
 *
 * @param behind Another server that it needs
 */
export function testServer(
  kind: RealServerKind,
  title: string,
  body: (test: Deno.TestContext) => Promise<void>,
  behind?: RealServerKind,
): void {
  const missing = missingPart(kind) ?? (behind && missingPart(behind));
  const absent = [kind, ...(behind ? [behind] : [])].some((needed) => findProgram(needed) === undefined);
  Deno.test({
    name: `${kind.name}${missing === undefined ? "" : ` (${missing})`}: ${title}`,
    // In CI every server is installed, and one that is not is an error. Its modules are up to the system.
    ignore: missing !== undefined && !(absent && Deno.env.get("CI") === "true"),
    fn: body,
  });
}
