/**
 * The files that a task module is made of.
 *
 * @module
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import { decodeText } from "../../text/decode/text_reader.ts";

/** The relative specifier of an import or export. What only looks like one leads to no file, or to one too many. */
const RELATIVE = /(?:\bfrom|\bimport)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

/** Whether a task file is loaded over the network. */
export function isRemote(path: string): boolean {
  return /^https?:/.test(path);
}

/** Names of files that are modules. */
export const MODULE = /\.[cm]?[jt]sx?$/;

/**
 * The files of a module: itself, and what it imports by relative specifiers, over any number of steps. Files
 * that are not there are among them, as they may come.
 *
 * @param path The module. Of any other file it is the only one.
 */
export function localImports(path: string): string[] {
  const files = new Set([path]);
  // Those that are added meanwhile are visited too.
  for (const file of files) {
    if (!MODULE.test(file)) continue;
    for (const [, , specifier] of readText(file).matchAll(RELATIVE)) {
      files.add(fileURLToPath(new URL(specifier!, pathToFileURL(file))));
    }
  }
  return [...files];
}

function readText(path: string): string {
  try {
    return decodeText(Deno.readFileSync(path));
  } catch {
    return ""; // Loading the module says why it cannot be read.
  }
}
