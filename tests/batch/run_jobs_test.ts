import { assert, assertEquals, assertRejects } from "@std/assert";
import { runJobs } from "../../lib/batch/run_jobs.ts";
import type { RunnerOptions } from "../../lib/batch/batch_options.ts";
import type { TryContext, TryOutcome } from "../../lib/batch/job_handler.ts";
import type { ProbeError } from "../../lib/result.ts";
import { testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

const EMFILE: ProbeError = { kind: "resource", phase: "connect", by: "local", message: "out of descriptors" };
const RESET: ProbeError = { kind: "reset", phase: "wait", by: "target", message: "reset" };

type Attempt = (job: number, context: TryContext) => Promise<TryOutcome<number, string>>;

const row = (job: number): TryOutcome<number, string> => ({ type: "row", row: `${job}`, total: 1 });
const turn = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function collect(
  jobs: Iterable<number> | AsyncIterable<number>,
  attempt: Attempt,
  options: RunnerOptions = {},
): Promise<string[]> {
  const rows: string[] = [];
  const work = { attempt, hostOf: (job: number) => `host${job % 3}` };
  for await (const group of runJobs(jobs, work, options)) rows.push(...group);
  return rows;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const sorted = (rows: string[]) => rows.map(Number).sort((a, b) => a - b);

async function* stream(count: number): AsyncGenerator<number> {
  for (const number of numbers(count)) yield number;
}

testRows(
  "runJobs() gives one row for each job of a list and of a stream",
  [{}, { concurrency: 1 }, { perHost: 1 }, { ordered: true }, { concurrency: 5000 }].flatMap((options) => [
    { name: `list, ${JSON.stringify(options)}`, jobs: numbers, options },
    { name: `stream, ${JSON.stringify(options)}`, jobs: stream, options },
  ]),
  async ({ jobs, options }) => {
    using _clock = skipWaits();
    const rows = await collect(jobs(200), async (job) => {
      await turn();
      return row(job);
    }, options);
    assertEquals(sorted(rows), numbers(200));
  },
);

Deno.test("runJobs() gives no row for an empty list", async () => {
  using _clock = skipWaits();
  assertEquals(await collect([], () => Promise.resolve(row(0))), []);
});

testRows(
  "runJobs() reaches its limits but never exceeds them",
  [[{ concurrency: 7 }, 7, 3], [{ concurrency: 50, perHost: 2 }, 6, 2]] as const,
  async ([options, together, forHost]) => {
    using _clock = skipWaits();
    let [active, most] = [0, 0];
    const perHost = [0, 0, 0];
    let mostForHost = 0;
    await collect(numbers(200), async (job) => {
      most = Math.max(most, ++active);
      mostForHost = Math.max(mostForHost, ++perHost[job % 3]!);
      await turn(1);
      active--;
      perHost[job % 3]!--;
      return row(job);
    }, options);
    assertEquals(most, together);
    assert(mostForHost >= forHost && ("perHost" in options ? mostForHost === forHost : true));
  },
);

Deno.test("runJobs() starts no further job while heavy rows wait to be taken", async () => {
  using _clock = skipWaits();
  let begun = 0;
  const attempt = async (job: number): Promise<TryOutcome<number, string>> => {
    begun++;
    await turn();
    return row(job);
  };
  const work = { attempt, hostOf: () => "", retainedSize: () => 1 << 24 };
  const groups = runJobs(numbers(100), work, { concurrency: 2 });
  await groups.next();
  for (let look = 0; look < 50; look++) await turn();
  // At most four rows of 16 MiB wait, and one more job was running along with the last.
  assert(begun >= 5 && begun <= 8, `${begun}`);
  await groups.return();
});

Deno.test("runJobs() with ordered starts the oldest job, however heavy the rows that wait for it", async () => {
  using _clock = skipWaits();
  let failures = 0;
  const attempt = async (job: number): Promise<TryOutcome<number, string>> => {
    await turn();
    if (job > 0 || failures++ > 0) return row(job);
    return { type: "row", row: "0", error: RESET, total: 1 };
  };
  const work = { attempt, hostOf: () => "", retainedSize: () => 1 << 26 };
  const rows: string[] = [];
  const options = { concurrency: 2, ordered: true, retries: 1, signal: AbortSignal.timeout(5_000) };
  for await (const group of runJobs(numbers(20), work, options)) rows.push(...group);
  assertEquals(rows, numbers(20).map(String));
});

Deno.test("runJobs() with ordered gives the order of the input within its window", async () => {
  using _clock = skipWaits();
  let begun = 0;
  const first = Promise.withResolvers<void>();
  const rows = await collect(numbers(300), async (job) => {
    begun++;
    if (job === 0) await first.promise;
    else if (job === 39) first.resolve();
    if (job === 39) assert(begun <= 40, `${begun}`);
    return row(job);
  }, { ordered: true, concurrency: 10, window: 40 });
  assertEquals(rows, numbers(300).map(String));
});

Deno.test("runJobs() repeats jobs after a local fault with less concurrency, and reports it", async () => {
  using _clock = skipWaits();
  let active = 0;
  const lowered: number[] = [];
  const rows = await collect(numbers(500), async (job) => {
    const exhausted = ++active > 20;
    if (!exhausted) await turn(1);
    active--;
    return exhausted ? { type: "row", row: "local fault", error: EMFILE, total: 0 } : row(job);
  }, { concurrency: 200, onConcurrencyLowered: (limit) => lowered.push(limit) });
  assertEquals(sorted(rows), numbers(500));
  assert(lowered.length > 0 && lowered.every((limit) => limit <= 20), `${lowered}`);
});

Deno.test("runJobs() retries temporary failures, and passes the failed tries on", async () => {
  using _clock = skipWaits();
  const rows = await collect([1, 2], (job, { attempts }) => {
    const text = `${job}: ${attempts.map(({ error }) => error.kind).join()}`;
    if (job === 1 && attempts.length === 2) return Promise.resolve({ type: "row", row: text, total: 1 });
    return Promise.resolve({ type: "row", row: text, error: RESET, total: 1 });
  }, { retries: 2 });
  assertEquals(rows.sort(), ["1: reset,reset", "2: reset,reset"]);
});

Deno.test("runJobs() runs other jobs while one waits for its next try or its host", async () => {
  using _clock = skipWaits();
  const rows = await collect([0, 1, 3, 4], (job, { attempts }) => {
    const failed = job === 0 && attempts.length === 0;
    return Promise.resolve(failed ? { type: "row", row: "", error: RESET, total: 1 } : row(job));
  }, { retries: 1, perHost: 1, concurrency: 1 });
  // 3 is of the same host as 0, whose try is not over.
  assertEquals(rows, ["1", "4", "0", "3"]);
});

Deno.test("runJobs() replaces a job by the jobs into which it expands", async () => {
  using _clock = skipWaits();
  const rows = await collect([1, 2, 3], async (job) => {
    await turn();
    if (job === 2) return { type: "jobs", jobs: [20, 21, 22] };
    if (job === 3) return { type: "jobs", jobs: [] };
    return row(job);
  }, { ordered: true });
  assertEquals(rows, ["1", "20", "21", "22"]);
});

Deno.test("runJobs() starts no job while nobody takes rows", async () => {
  using _clock = skipWaits();
  let begun = 0;
  const work = { attempt: (job: number) => (begun++, Promise.resolve(row(job))), hostOf: () => "" };
  const rows = runJobs(numbers(100_000), work, { concurrency: 10 });
  await rows.next();
  await turn(20);
  assert(begun < 3_000, `${begun}`);
  await rows.return();
  await turn(5);
  assert(begun < 3_000, `${begun}`);
});

Deno.test("runJobs() spaces starts evenly at a given rate", async () => {
  using _clock = skipWaits();
  const starts: number[] = [];
  await collect(numbers(20), (job) => {
    starts.push(performance.now());
    return Promise.resolve(row(job));
  }, { rate: 100 });
  const took = starts.at(-1)! - starts[0]!;
  assert(took > 140, `${took} ms for 20 starts`);
});

Deno.test("runJobs() ends when it is aborted, with rows for finished jobs and none for running ones", async () => {
  using _clock = skipWaits();
  const stop = new AbortController();
  const rows = await collect(stream(100), async (job, { signal }) => {
    if (job < 5) return row(job);
    if (job === 8) stop.abort();
    await new Promise<void>((resolve) =>
      signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())
    );
    return { type: "aborted" };
  }, { concurrency: 4, signal: stop.signal });
  assertEquals(sorted(rows), [0, 1, 2, 3, 4]);
  assertEquals(await collect(numbers(3), (job) => Promise.resolve(row(job)), { signal: stop.signal }), []);
});

Deno.test("runJobs() with ordered still gives the rows that waited for an earlier one when it is aborted", async () => {
  using _clock = skipWaits();
  const stop = new AbortController();
  let done = 0;
  const rows = await collect(numbers(6), async (job, { signal }) => {
    if (job > 0 && job < 5) {
      if (++done === 4) setTimeout(() => stop.abort(), 0);
      return row(job);
    }
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    return { type: "aborted" };
  }, { ordered: true, concurrency: 6, signal: stop.signal });
  assertEquals(rows, ["1", "2", "3", "4"]);
});

Deno.test("runJobs() throws the error of its source or of a job, after the running jobs have ended", async () => {
  using _clock = skipWaits();
  let ended = 0;
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new TypeError("no more");
  }
  const slow: Attempt = async (job) => {
    await turn(2);
    ended++;
    return row(job);
  };
  await assertRejects(() => collect(failing(), slow), TypeError, "no more");
  assertEquals(ended, 1);
  await assertRejects(() => collect([1], () => Promise.reject(new RangeError("bug"))), RangeError, "bug");
});

Deno.test("runJobs() gives up on a lasting local fault, and gives the fault as the row", async () => {
  using _clock = skipWaits();
  const { setTimeout: realTimeout, performance: { now } } = globalThis;
  let skipped = 0;
  performance.now = () => now.call(performance) + skipped;
  // On this clock every wait ends immediately.
  globalThis.setTimeout = ((call: () => void, ms = 0) => {
    return realTimeout(() => {
      skipped += ms;
      call();
    }, 0);
  }) as typeof setTimeout;
  let tries = 0;
  try {
    const rows = await collect([1, 2, 3, 4], () => {
      tries++;
      return Promise.resolve({ type: "row", row: "fault", error: EMFILE, total: 0 });
    }, { concurrency: 2 });
    assertEquals(rows, ["fault", "fault", "fault", "fault"]);
  } finally {
    performance.now = now;
    globalThis.setTimeout = realTimeout;
  }
  assert(skipped > 20_000, `gave up after ${skipped} ms`);
  assert(tries < 60, `${tries} tries`);
});

testRows(
  "runJobs() starts fewer jobs per turn if each makes several connections",
  [[1, 16], [2, 8], [32, 1]] as const,
  async ([connections, expected]) => {
    using _clock = skipWaits();
    let [inTurn, most] = [0, 0];
    const work = {
      hostOf: () => "",
      connectionsOf: () => connections,
      attempt: async (job: number) => {
        if (inTurn === 0) queueMicrotask(() => inTurn = 0);
        most = Math.max(most, ++inTurn);
        await turn(1);
        return row(job);
      },
    };
    const rows: string[] = [];
    for await (const group of runJobs(numbers(100), work, { concurrency: 100 })) rows.push(...group);
    assertEquals(sorted(rows), numbers(100));
    assertEquals(most, expected, `${connections} connections each`);
  },
);
