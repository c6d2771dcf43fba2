/**
 * Asks a real shell for completions.
 *
 * @module
 */

import { run } from "../../_run.ts";
import { TestFolder } from "../../../_folder.ts";

/** Tells whether a program can be started. */
export function isInstalled(program: string): boolean {
  try {
    // mandoc has no such flag, and fails; that is enough.
    new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Files in the current folder of the shell. */
const FILES: readonly string[] = ["hosts.txt", "other.txt", "two words.txt"];

/**
 * Runs a script in a shell, in a folder that holds `hosts.txt`, `other.txt`, `two words.txt`, the folder `more` and the
 * completion script.
 *
 * @param shell The name of the shell and its arguments before the script.
 * @param scriptOf Makes the script from the path of the completion script.
 * @returns What it printed.
 */
export async function runShell(
  [shell, ...flags]: readonly [name: "bash" | "zsh" | "fish", ...flags: string[]],
  scriptOf: (path: string) => string,
): Promise<string> {
  using folder = new TestFolder();
  const { stdout: completion } = await run(["completion", shell]);
  const path = folder.file(`sonde.${shell}`);
  await Deno.writeTextFile(path, completion);
  await Deno.mkdir(folder.file("here/more"), { recursive: true });
  for (const name of FILES) await Deno.writeTextFile(folder.file(`here/${name}`), "");
  const { code, stdout, stderr } = await new Deno.Command(shell, {
    args: [...flags, "-c", scriptOf(path)],
    cwd: folder.file("here"),
    env: { HOME: folder.file("here"), TERM: "xterm", XDG_CONFIG_HOME: folder.file("config") },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(`${shell} ended with ${code}: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}
