/**
 * The public names of the library, as `deno doc` tells them.
 *
 * @module
 */

import { assert } from "@std/assert";
import { readEntries, ROOT } from "./_source_tree.ts";

/** Paths of the entries of the library, `mod.ts` included. */
export const LIBRARY: readonly string[] = readEntries().filter((path) => path !== "cli.ts");

/** Runs Deno in the folder of the repository. */
export async function runDeno(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The part of `deno doc --json` that is read. */
interface Documentation {
  nodes: Record<string, { symbols: { name: string; declarations: { kind: string }[] }[] }>;
}

/** The names that an entry exports. */
export interface Names {
  values: Set<string>;
  types: Set<string>;
}

/** The names that an entry exports, with those of types apart. */
export async function readNames(path: string): Promise<Names> {
  const names: Names = { values: new Set(), types: new Set() };
  const { stdout, stderr } = await runDeno("doc", "--json", path);
  assert(stdout !== "", stderr);
  const { nodes }: Documentation = JSON.parse(stdout);
  const symbols = Object.values(nodes).flatMap((module) => module.symbols);
  for (const { name, declarations } of symbols) {
    const isType = declarations.every(({ kind }) => kind === "interface" || kind === "typeAlias");
    names[isType ? "types" : "values"].add(name);
  }
  return names;
}
