/**
 * Probes faulty and good targets at full speed for ten minutes, and checks that file descriptors, memory and
 * rate stay constant.
 *
 * ```sh
 * deno run -A --v8-flags=--expose-gc bench/soak.ts                # ten minutes
 * deno run -A --v8-flags=--expose-gc bench/soak.ts --seconds 60
 * ```
 *
 * The faults are those of the tests (`tests/zoo/`), each probed equally often. Good servers, plain and TLS,
 * are probed much more often, because most faults only make sonde wait. The servers run in a process of their
 * own, so only the prober is measured. The exit code is 1 if a figure is not flat, if more descriptors are
 * open after the run than before, if sonde reports a good server as faulty, or if it reports a server's fault
 * as a local one.
 *
 * @module
 */

import { format } from "@std/fmt/bytes";
import { probeAll } from "../lib/batch/probe_all.ts";
import type { BatchOptions } from "../lib/batch/batch_options.ts";
import type { ProbeResult } from "../lib/result.ts";
import { fixture } from "../tests/peer/peer.ts";
import { findTrends, type Sample } from "./_flat.ts";
import { readNumbers } from "./_read_numbers.ts";
import { type SoakServers, startSoakServers } from "./_soak_servers.ts";

const AT_ONCE = 100;
/** Good targets for each fault. */
const GOOD_SHARE = 8;
/** Milliseconds between two samples: ten seconds, or less in a short run. */
const everyOf = (seconds: number): number => Math.min(10_000, seconds * 1000 / 30);
/**
 * Share of the probes of good servers that may fail, since the load of the soak slows down the servers on the
 * same machine.
 */
const MOST_FAILED = 0.005;
/** Milliseconds to wait until the system has released closed descriptors. */
const PATIENCE = 10_000;

const OPTIONS: BatchOptions = {
  concurrency: AT_ONCE,
  perHost: AT_ONCE,
  maxTime: 2_000,
  maxBody: 256 * 1024,
  linger: { kept: 0, closing: 20 },
  caCerts: [fixture("ca.pem")],
};

/** Counts the outcomes. */
class Tally {
  rows = 0;
  readonly outcomes = new Map<string, number>();
  readonly #good: ReadonlySet<string>;
  #goodRows = 0;
  #goodFailed = 0;

  constructor(good: readonly string[]) {
    this.#good = new Set(good);
  }

  add({ input, ok, error, status }: ProbeResult): void {
    this.rows++;
    const outcome = error ? `${error.kind} (${error.by})` : `status ${status}`;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (!this.#good.has(input)) return;
    this.#goodRows++;
    if (!ok) this.#goodFailed++;
  }

  /** Lists the outcomes that must not occur. */
  get problems(): string[] {
    const local = [...this.outcomes].filter(([name]) => name.endsWith("(local)"));
    const problems = local.map(([name, count]) => `${count} times ${name}`);
    const failed = `${this.#goodFailed} of ${this.#goodRows} probes of good servers failed`;
    console.log(`\n${failed}`);
    return this.#goodFailed > MOST_FAILED * this.#goodRows ? [...problems, failed] : problems;
  }
}

async function* targets({ faults, good }: SoakServers, until: number): AsyncGenerator<string> {
  for (let turn = 0; performance.now() < until; turn++) {
    yield faults[turn % faults.length]!;
    for (let count = 0; count < GOOD_SHARE; count++) yield good[(turn + count) % good.length]!;
  }
}

function countDescriptors(): number {
  return [...Deno.readDirSync("/proc/self/fd")].length;
}

function collect(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("Cannot soak without garbage collections: run it with --v8-flags=--expose-gc");
  gc();
}

/** Gives the smallest number of open descriptors that is seen within a short time. */
async function descriptorsAtRest(most = 0): Promise<number> {
  let fewest = Infinity;
  for (const end = performance.now() + PATIENCE; performance.now() < end && fewest > most;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    fewest = Math.min(fewest, countDescriptors());
  }
  return fewest;
}

async function soak(servers: SoakServers, tally: Tally, seconds: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let [last, before] = [startedAt, 0];
  console.log("   time   rows/s  descriptors      memory      heap");
  const timer = setInterval(() => {
    const now = performance.now();
    if (now > until) return; // The targets that were read ahead have another mixture of faults.
    const rate = (tally.rows - before) * 1000 / (now - last);
    [last, before] = [now, tally.rows];
    collect();
    const { rss, heapUsed } = Deno.memoryUsage();
    const sample = {
      at: (now - startedAt) / 1000,
      descriptors: countDescriptors(),
      memory: rss,
      heap: heapUsed,
      rate,
    };
    samples.push(sample);
    const cells = [
      `${sample.at.toFixed(0)} s`,
      rate.toFixed(0),
      `${sample.descriptors}`,
      formatSize(rss),
      formatSize(heapUsed),
    ];
    console.log(cells.map((cell, column) => cell.padStart([7, 7, 11, 10, 9][column]!)).join("  "));
  }, everyOf(seconds));
  for await (const result of probeAll(targets(servers, until), OPTIONS)) {
    tally.add(result);
  }
  clearInterval(timer);
  return samples;
}

function formatSize(octets: number): string {
  return format(octets, { binary: true, maximumFractionDigits: 1 });
}

if (import.meta.main) {
  const [seconds] = readNumbers("seconds", "600");
  collect();
  await using servers = await startSoakServers();
  const { faults, good } = servers;
  console.log(
    `${faults.length} faults and ${good.length} good targets, ${AT_ONCE} in parallel, ${seconds} s\n`,
  );
  // After this, everything that sonde loads or opens only once is in place.
  for await (const _ of probeAll([...faults, ...good], OPTIONS));
  const atFirst = await descriptorsAtRest();
  const hang = setTimeout(() => {
    console.error("NOT FLAT: the run does not end");
    Deno.exit(1);
  }, (seconds + 60) * 1000);
  const tally = new Tally(good);
  const samples = await soak(servers, tally, seconds);
  clearTimeout(hang);
  const atLast = await descriptorsAtRest(atFirst);

  const { problems } = tally;
  if (atLast > atFirst) problems.push(`${atLast - atFirst} descriptors are left open`);
  console.log(`${atFirst} descriptors were open before the run, ${atLast} after it`);
  for (const { figure, median, change, flat } of findTrends(samples)) {
    const share = `${(100 * change / median).toFixed(1)} %`;
    console.log(`${figure}: ${share} from beginning to end, along a line fitted to the samples`);
    if (!flat) problems.push(`${figure} changed by ${share}`);
  }
  const outcomes = [...tally.outcomes].sort((a, b) => b[1] - a[1]);
  console.log(outcomes.map(([name, count]) => `${count} ${name}`).join(", "));
  console.log(problems.length === 0 ? "\nflat" : `\nNOT FLAT: ${problems.join("; ")}`);
  if (problems.length > 0) Deno.exitCode = 1;
}
