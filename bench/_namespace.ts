/**
 * A network namespace, in which a server may listen at every address because nobody else is there.
 *
 * @module
 */

/** Set inside of the namespace. */
const VARIABLE = "SONDE_BENCH_ADDRESS";

/** Whether this runs in a namespace of its own. */
export const INSIDE: boolean = Deno.env.get(VARIABLE) !== undefined;

/** Where a server listens: everywhere in a namespace, otherwise at one address of loopback. */
export const ADDRESS: string = Deno.env.get(VARIABLE) ?? "127.0.0.1";

/**
 * Runs the program again in a namespace, which takes root on Linux, and passes its exit code on.
 *
 * @param flags For `deno run` beside all permissions
 * @returns False where that is not possible, and where it has been done already
 */
export async function runInNamespace(program: URL, flags: readonly string[] = []): Promise<boolean> {
  if (INSIDE) return false;
  try {
    const test = new Deno.Command("unshare", { args: ["--net", "ip", "link", "set", "lo", "up"] });
    if (!(await test.output()).success) return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // There is no unshare.
    throw error;
  }
  const deno = [Deno.execPath(), "run", "--allow-all", ...flags, program.pathname, ...Deno.args];
  const command = new Deno.Command("unshare", {
    args: ["--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"', ...deno],
    env: { [VARIABLE]: "0.0.0.0" },
    stdout: "inherit",
    stderr: "inherit",
  });
  Deno.exitCode = (await command.spawn().status).code;
  return true;
}
