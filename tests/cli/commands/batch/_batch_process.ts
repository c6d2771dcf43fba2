/** `sonde batch` as a process, and servers for it. */

const CLI = new URL("../../../../cli.ts", import.meta.url).href;

/** A server that answers every request on any address of loopback with 200, after a number of milliseconds. */
export function startServer(delay = 0): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "0.0.0.0", port: 0, onListen() {} }, async () => {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    return new Response("hi");
  });
}

/** Lists a number of different targets on a server. */
export function listTargets(port: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `http://127.0.${i >> 8}.${i & 255}:${port}/`);
}

/** Starts a batch in a separate process, which ends within five minutes. */
export function startBatch(
  args: readonly string[],
  options: { stdin?: "piped" | "null"; prefix?: string } = {},
): Deno.ChildProcess {
  const { stdin = "null", prefix = "" } = options;
  const deno = [Deno.execPath(), "run", "--no-prompt", "-A", CLI, "batch", ...args];
  return new Deno.Command("/bin/sh", {
    args: ["-c", `${prefix} exec "$@"`, "sh", ...deno],
    env: { NO_COLOR: "1" },
    stdin,
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(300_000),
  }).spawn();
}

/** Waits for the end of a batch. */
export async function endOf(
  child: Deno.ChildProcess,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The inputs of the rows, sorted; throws if a line is not JSON. */
export function inputsOf(rows: string): string[] {
  return rows.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).input).sort();
}

/** Waits until a file has a number of octets. */
export async function grownTo(path: string, octets: number): Promise<void> {
  for (let look = 0; look < 3_000; look++) {
    const size = await Deno.stat(path).then(({ size }) => size, () => 0);
    if (size >= octets) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${path} has not grown to ${octets} octets within 15 s`);
}
