/**
 * Runs modules of the project in a separate process.
 *
 * @module
 */

/** The exit code and the output of a process. */
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
 * Runs the text of a script, in which `it` has all exports of a module.
 *
 * @param module Its path in the project: `lib/time/timer.ts`
 */
export async function runScript(
  module: string,
  script: string,
  env: Readonly<Record<string, string>> = {},
  options: { readonly uid?: number } = {},
): Promise<ProcessOutcome> {
  return await runDeno(["eval", `import * as it from "${addressOf(module)}";\n${script}`], options, env);
}

function addressOf(module: string): string {
  return new URL(`../${module}`, import.meta.url).href;
}

/**
 * Runs Deno without colours, for at most five minutes: even on a busy machine only a hanging process takes that long.
 */
async function runDeno(
  args: readonly string[],
  options: { readonly cwd?: string; readonly uid?: number },
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessOutcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    ...options,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    signal: AbortSignal.timeout(300_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
