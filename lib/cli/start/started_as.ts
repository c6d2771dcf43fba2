/**
 * Finds how this process was started, as well as that can be known without a permission.
 *
 * @module
 */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The way in which sonde was started.
 *
 * - `compiled`: a program that `deno compile` made; its permissions are fixed
 * - `clone`: `deno run` in a clone of the repository, or its task `probe`
 * - `installed`: the command that `deno install` made from a path
 * - `remote`: `deno run` with a URL, or the command that `deno install` made from one; nothing tells them apart
 */
export type StartedAs =
  | { readonly kind: "compiled"; readonly program: string }
  | {
    readonly kind: "clone" | "installed" | "remote";
    /** The words that run Deno: `deno`, or `npx -y deno@2.9.6`. */
    readonly deno: readonly string[];
    /** The main module as it is written in a command line: a URL, or a path. */
    readonly script: string;
  };

/** The facts about a process that tell how it was started. */
export interface ProcessFacts {
  readonly mainModule: string;
  readonly execPath: string;
  readonly cwd: string;
  /** Version of Deno. */
  readonly version: string;
  readonly standalone: boolean;
  /** The import map of a clone is in use. An installed command has a map of its own, which is empty. */
  readonly mapped: boolean;
}

/** Tells how this process was started. */
export function startedAs(facts: ProcessFacts = factsOfThisProcess()): StartedAs {
  const { mainModule, execPath, cwd, version, standalone, mapped } = facts;
  if (standalone) return { kind: "compiled", program: shortened(execPath, cwd) };
  // npx keeps Deno in a folder of its own, where no shell finds it.
  const deno = /[\\/]_npx[\\/]/.test(execPath) ? ["npx", "-y", `deno@${version}`] : ["deno"];
  if (!mainModule.startsWith("file:")) return { kind: "remote", deno, script: mainModule };
  const path = fileURLToPath(mainModule);
  return mapped
    ? { kind: "clone", deno, script: shortened(path, cwd) }
    : { kind: "installed", deno, script: path };
}

/** Deno reveals all of this without a permission. */
function factsOfThisProcess(): ProcessFacts {
  return {
    mainModule: Deno.mainModule,
    execPath: Deno.execPath(),
    cwd: Deno.cwd(),
    version: Deno.version.deno,
    standalone: Deno.build.standalone,
    mapped: import.meta.resolve("https://deno.land/x/sonde/cli.ts").startsWith("file:"),
  };
}

/** Gives the path from the current folder, unless that leads out of the folder. */
function shortened(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}
