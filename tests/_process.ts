/**
 * Runs modules of the project in a process of their own.
 *
 * @module
 */

/** How a process ended, and what it printed. */
export interface ProcessOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a module without prompts.
 *
 * @param module Its path in the project: `cli.ts`
 */
export async function runModule(
  module: string,
  permissions: readonly string[],
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<ProcessOutcome> {
  return await runDeno(["run", "--no-prompt", ...permissions, addressOf(module), ...args], options);
}

/**
 * Runs the text of a script with all that a module exports as `it`.
 *
 * @param module Its path in the project: `lib/timer.ts`
 */
export async function runScript(module: string, script: string): Promise<ProcessOutcome> {
  return await runDeno(["eval", `import * as it from "${addressOf(module)}";\n${script}`], {});
}

function addressOf(module: string): string {
  return new URL(`../${module}`, import.meta.url).href;
}

/** Runs Deno without colours, for a minute at most. */
async function runDeno(args: readonly string[], options: { readonly cwd?: string }): Promise<ProcessOutcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    ...options,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
