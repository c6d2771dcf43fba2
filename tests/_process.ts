/**
 * Runs a module of the project as a process of its own.
 *
 * @module
 */

/**
 * Runs it without colours and without prompts, for a minute at most.
 *
 * @param module Its path in the project: `cli.ts`
 */
export async function runModule(
  module: string,
  permissions: readonly string[],
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, new URL(`../${module}`, import.meta.url).href, ...args],
    ...options,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
