/**
 * Faulty and good targets at full speed for ten minutes, to see whether descriptors, memory and rate stay where they are.
 *
 * ```sh
 * deno run -A --v8-flags=--expose-gc bench/soak.ts           # ten minutes
 * deno run -A --v8-flags=--expose-gc bench/soak.ts 120       # seconds
 * ```
 *
 * The faults are those of the tests (`tests/zoo/`), without those that only a deadline ends being most of the load: each
 * fault is asked as often as any other, and each good server, plain and TLS, eight times as often. The servers run in a
 * process of their own, so that what is measured is the prober alone. The exit code is 1 if something is not flat.
 *
 * @module
 */

import { probeAll } from "../lib/batch.ts";
import { spread } from "./_measure.ts";
import { startSoakServers } from "./_soak_servers.ts";
import { fixture } from "../tests/peer/peer.ts";

const EVERY = 10_000;
/** Good targets for each fault, so that most of the load is not waiting. */
const GOOD_SHARE = 8;
/** Shares by which the second half may differ from the first. */
const MOST_GROWTH = { memory: 0.15, heap: 0.15, rate: 0.25 };
/** The first samples count as warming up. */
const WARM_UP = 3;

interface Sample {
  readonly descriptors: number;
  readonly memory: number;
  readonly heap: number;
  readonly rate: number;
}

async function* targets(
  urls: readonly string[],
  good: readonly string[],
  until: number,
): AsyncGenerator<string> {
  for (let turn = 0; performance.now() < until; turn++) {
    yield urls[turn % urls.length]!;
    for (let count = 0; count < GOOD_SHARE; count++) yield good[(turn + count) % good.length]!;
  }
}

function takeSample(rows: number, seconds: number): Sample {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = Deno.memoryUsage();
  const descriptors = [...Deno.readDirSync("/proc/self/fd")].length;
  return { descriptors, memory: rss, heap: heapUsed, rate: rows / seconds };
}

function change(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const half = Math.floor(samples.length / 2);
  const [before, after] = [samples.slice(0, half), samples.slice(-half)].map((part) =>
    spread(part.map(value)).median
  );
  return after! / before! - 1;
}

function judge(samples: readonly Sample[], atOnce: number): string[] {
  const counted = samples.slice(WARM_UP);
  if (counted.length < 4) return ["too short to tell"];
  const problems: string[] = [];
  const memory = change(counted, (sample) => sample.memory);
  const heap = change(counted, (sample) => sample.heap);
  const rate = change(counted, (sample) => sample.rate);
  const most = Math.max(...counted.map(({ descriptors }) => descriptors));
  const say = (share: number): string => `${(100 * share).toFixed(1)} %`;
  console.log(
    `\nsecond half against first: memory ${say(memory)}, heap ${say(heap)}, rate ${
      say(rate)
    }; at most ${most} descriptors`,
  );
  if (memory > MOST_GROWTH.memory) problems.push("memory grows");
  if (heap > MOST_GROWTH.heap) problems.push("the heap grows");
  if (rate < -MOST_GROWTH.rate) problems.push("the rate falls");
  // A socket each, and those of the process itself.
  if (most > atOnce + 64) problems.push("descriptors are left open");
  return problems;
}

if (import.meta.main) {
  const seconds = Number(Deno.args[0] ?? 600);
  const atOnce = 100;
  await using servers = await startSoakServers();
  const samples: Sample[] = [];
  const outcomes = new Map<string, number>();
  let rows = 0;
  let last = performance.now();
  console.log(
    `${servers.faults.length} faults and ${servers.good.length} good targets, ${atOnce} at once, ${seconds} s\n`,
  );
  console.log("  time   rows/s  descriptors  memory MiB  heap MiB");
  const startedAt = performance.now();
  const options = {
    concurrency: atOnce,
    maxTime: 500,
    maxBody: 256 * 1024,
    linger: { kept: 0, closing: 20 },
    caCerts: [fixture("ca.pem")],
  };
  for await (
    const { error, status } of probeAll(
      targets(servers.faults, servers.good, startedAt + seconds * 1000),
      options,
    )
  ) {
    rows++;
    const outcome = error ? `${error.kind} (${error.by})` : `status ${status}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const now = performance.now();
    if (now - last < EVERY) continue;
    const sample = takeSample(rows, (now - last) / 1000);
    samples.push(sample);
    const cells = [
      ((now - startedAt) / 1000).toFixed(0).padStart(5) + "s",
      sample.rate.toFixed(0).padStart(7),
      String(sample.descriptors).padStart(11),
      (sample.memory / 2 ** 20).toFixed(1).padStart(10),
      (sample.heap / 2 ** 20).toFixed(1).padStart(8),
    ];
    console.log(cells.join("  "));
    rows = 0;
    last = performance.now();
  }
  const problems = judge(samples, atOnce);
  console.log(
    [...outcomes].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${count} ${name}`).join(", "),
  );
  console.log(problems.length === 0 ? "\nflat" : `\nNOT FLAT: ${problems.join(", ")}`);
  if (problems.length > 0) Deno.exitCode = 1;
}
