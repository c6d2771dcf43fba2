/**
 * A terminal for a program.
 *
 * @module
 */

/** True if `script`, which gives a program a terminal, is installed as util-linux has it. */
export const HAS_TERMINAL = Deno.build.os === "linux" && await isInstalled("script");

async function isInstalled(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["--version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Gives the arguments of `script` that run Deno on a terminal. */
export function onTerminal(args: readonly string[]): string[] {
  return ["-qec", [Deno.execPath(), ...args].map((arg) => `'${arg}'`).join(" "), "/dev/null"];
}
