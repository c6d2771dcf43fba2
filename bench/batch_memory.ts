/**
 * Measures the peak memory of `sonde batch` for 10,000 and 1,000,000 targets.
 *
 * ```sh
 * deno run -A bench/batch_memory.ts                           # as root: 10,000 and 1,000,000 addresses
 * deno run -A bench/batch_memory.ts --targets 10000,100000
 * ```
 *
 * A small server answers on every address of 127.0.0.0/8, in a network namespace of its own. Without a
 * namespace, all targets share one address and differ in their paths. The peak is VmHWM of the process in
 * /proc, read every 100 ms, so this needs Linux. It fails if the largest run takes over 20 % more memory than
 * the smallest, or over 200 MB.
 *
 * @module
 */

import { format } from "@std/fmt/bytes";
import { ADDRESS, INSIDE, runInNamespace } from "./_namespace.ts";
import { readNumbers } from "./_read_numbers.ts";

const MOST = 200 * 1024 * 1024;
const MOST_GROWTH = 0.2;
const ANSWER = new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n");

const cli = new URL("../cli.ts", import.meta.url).href;

if (import.meta.main && !await runInNamespace(new URL(import.meta.url))) {
  await compare(readNumbers("targets", "10000,1000000"));
}

function formatSize(octets: number): string {
  return format(octets, { binary: true, maximumFractionDigits: 1 });
}

async function compare(counts: readonly number[]): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sonde-memory-" });
  const listener = Deno.listen({ hostname: ADDRESS, port: 0 });
  void serve(listener);
  const peaks: number[] = [];
  for (const count of counts) {
    const { peak, rows, seconds } = await measure(count, folder, listener.addr.port);
    peaks.push(peak);
    const figures = `peak ${formatSize(peak)}, ${rows} rows, ${(rows / seconds).toFixed(0)} rows/s`;
    console.log(`${count} ${INSIDE ? "addresses" : "URLs of one address"}: ${figures}`);
    if (rows !== count) fail(`${count - rows} rows are missing`);
  }
  listener.close();
  await Deno.remove(folder, { recursive: true });
  const growth = peaks.at(-1)! / peaks[0]! - 1;
  console.log(`growth ${(100 * growth).toFixed(1)} %`);
  if (growth > MOST_GROWTH) fail(`it grows by more than ${100 * MOST_GROWTH} %`);
  if (Math.max(...peaks) > MOST) fail(`it takes more than ${formatSize(MOST)}`);
}

function fail(cause: string): void {
  console.error(`FAILED: ${cause}`);
  Deno.exitCode = 1;
}

async function serve(listener: Deno.TcpListener): Promise<void> {
  for await (const connection of listener) void answer(connection);
}

async function answer(connection: Deno.TcpConn): Promise<void> {
  using peer = connection;
  try {
    const buffer = new Uint8Array(1024);
    await peer.read(buffer);
    await peer.write(ANSWER);
    await peer.read(buffer);
  } catch {
    // The client has the whole answer.
  }
}

async function writeList(path: string, count: number, port: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (let first = 0; first < count; first += 10_000) {
    let lines = "";
    for (let i = first; i < Math.min(count, first + 10_000); i++) {
      const address = INSIDE ? `127.${i >> 16}.${(i >> 8) & 255}.${i & 255}` : "127.0.0.1";
      lines += `http://${address}:${port}/${i}\n`;
    }
    const octets = new TextEncoder().encode(lines);
    for (let at = 0; at < octets.length;) at += await file.write(octets.subarray(at));
  }
}

async function measure(
  count: number,
  folder: string,
  port: number,
): Promise<{ peak: number; rows: number; seconds: number }> {
  const [list, output] = [`${folder}/list`, `${folder}/rows.jsonl`];
  await writeList(list, count, port);
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-net", `--allow-read=${list}`, `--allow-write=${output}`, cli],
      ...["batch", list, "--json", "-o", output, "-c", "100"],
      // sonde probes only two targets of one host at a time by default, and one address counts as one host.
      ...INSIDE ? [] : ["--per-host", "100"],
    ],
    stderr: "null",
  }).spawn();
  let peak = 0;
  const timer = setInterval(() => peak = Math.max(peak, peakOf(child.pid)), 100);
  await child.status;
  clearInterval(timer);
  const seconds = (performance.now() - startedAt) / 1000;
  return { peak, rows: await countLines(output), seconds };
}

/** Gives the peak resident size of a process in bytes, or 0 if the process has ended. */
function peakOf(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function countLines(path: string): Promise<number> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  let lines = 0;
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    for (let at = buffer.indexOf(10); at !== -1 && at < count; at = buffer.indexOf(10, at + 1)) lines++;
  }
  return lines;
}
