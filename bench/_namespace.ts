/**
 * Runs a program in a network namespace of its own, where a server can listen on every loopback address.
 *
 * @module
 */

/** The environment variable that is set inside the namespace. */
const VARIABLE = "SONDE_BENCH_ADDRESS";

/** True if this process runs in a namespace of its own. */
export const INSIDE: boolean = Deno.env.get(VARIABLE) !== undefined;

/** The address on which a server listens: every address in a namespace, otherwise one loopback address. */
export const ADDRESS: string = Deno.env.get(VARIABLE) ?? "127.0.0.1";

/**
 * Runs the program again in a namespace, which needs root on Linux, and ends with its exit code.
 *
 * @param flags Further flags for `deno run`, which gets all permissions
 * @returns False if that is impossible or already done
 */
export async function runInNamespace(program: URL, flags: readonly string[] = []): Promise<boolean> {
  if (INSIDE) return false;
  try {
    const test = new Deno.Command("unshare", { args: ["--net", "ip", "link", "set", "lo", "up"] });
    if (!(await test.output()).success) return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // The program unshare is missing.
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
