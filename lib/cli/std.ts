/**
 * The modules of Deno's standard library that the command line uses.
 *
 * They have full specifiers, because a module that is imported by URL does not see the import map of the `deno.json` beside
 * it. `deno-std` on npm has the same sources as JSR, compiled and without types, so the types stand in `std.d.ts`; with JSR
 * a specifier becomes `jsr:@std/cli@1/prompt-secret`, and that file goes.
 *
 * Each module is loaded by the run that needs it. The specifiers are values and not literals in `import()`, because Deno
 * downloads the packages of literals before a program begins: without a network, even `--version` would wait for that.
 *
 * @module
 */

import { LocalFault } from "./local_fault.ts";
import type * as std from "./std.d.ts";

const BYTES = "npm:deno-std@1.4.0/fmt/bytes.js";
const COLORS = "npm:deno-std@1.4.0/fmt/colors.js";
const PROMPT_SECRET = "npm:deno-std@1.4.0/cli/prompt_secret.js";

/**
 * Loads the formatter of sizes.
 *
 * @throws {LocalFault} If the module is not in Deno's cache and cannot be downloaded.
 */
export async function loadFormatBytes(): Promise<typeof std.format> {
  return (await load<Pick<typeof std, "format">>(BYTES)).format;
}

/**
 * Loads the colours of the terminal.
 *
 * @throws {LocalFault} If the module is not in Deno's cache and cannot be downloaded.
 */
export function loadColors(): Promise<std.Colors> {
  return load(COLORS);
}

/**
 * Loads the question for a password.
 *
 * @throws {LocalFault} If the module is not in Deno's cache and cannot be downloaded.
 */
export async function loadPromptSecret(): Promise<typeof std.promptSecret> {
  return (await load<Pick<typeof std, "promptSecret">>(PROMPT_SECRET)).promptSecret;
}

async function load<Module>(specifier: string): Promise<Module> {
  try {
    return await import(specifier);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    throw new LocalFault(`Cannot load ${specifier}: ${reason}`, { cause: error });
  }
}
