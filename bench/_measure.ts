/**
 * Runs programs and measures their time and memory, for the comparisons of this folder. It reads `/proc`, so
 * it needs Linux.
 *
 * @module
 */

/** The time and memory of one run. */
export interface Cost {
  readonly seconds: number;
  /** Seconds of processor time of all threads, user and system, accurate to about 20 ms. */
  readonly cpu: number;
  /** Peak memory in bytes. */
  readonly peak: number;
  readonly stdout: string;
}

/** Clock ticks a second in `/proc/PID/stat`, the same on every Linux. */
const TICKS = 100;
const LOOK_EVERY = 10;

/**
 * Runs a program to its end.
 *
 * @throws If it fails
 */
export async function run(program: string, args: readonly string[]): Promise<Cost> {
  const start = performance.now();
  const command = new Deno.Command(program, {
    args: [...args],
    stdout: "piped",
    stderr: "piped",
    stdin: "null",
  });
  const child = command.spawn();
  const seen = { cpu: 0, peak: 0 };
  const timer = setInterval(() => look(child.pid, seen), LOOK_EVERY);
  const { success, code, stdout, stderr } = await child.output();
  clearInterval(timer);
  const seconds = (performance.now() - start) / 1000;
  const text = new TextDecoder();
  if (!success) {
    throw new Error(`${program} ended with code ${code}: ${text.decode(stderr)}${text.decode(stdout)}`);
  }
  return { seconds, ...seen, stdout: text.decode(stdout) };
}

function look(pid: number, seen: { cpu: number; peak: number }): void {
  try {
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
    seen.cpu = Math.max(seen.cpu, (Number(fields[11]) + Number(fields[12])) / TICKS);
    const [, kib] = /VmHWM:\s*(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`)) ?? [];
    seen.peak = Math.max(seen.peak, Number(kib ?? 0) * 1024);
  } catch {
    // The process has just ended.
  }
}

/** Gives the first line that the program prints about its version, or `undefined` if it is not installed. */
export async function versionOf(program: string, flag = "--version"): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await new Deno.Command(program, { args: [flag], stdin: "null" }).output();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    return text.trim().split("\n")[0]!.replace(/^This is |<\$.*$/g, "").slice(0, 60).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Gives the median, the smallest and the largest value. */
export function spread(values: readonly number[]): { median: number; low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, low: sorted[0]!, high: sorted.at(-1)! };
}

/** Formats a table; the first column is aligned to the left, the others to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))
      .join("  ")
  ).join("\n");
}

/** `12.3 (11.8–13.0)` */
export function formatSpread(values: readonly number[], digits: number): string {
  const { median, low, high } = spread(values);
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** The arguments with which `deno` runs `cli.ts`. */
export const SONDE = ["run", "--no-check", "--allow-all", new URL("../cli.ts", import.meta.url).pathname];
