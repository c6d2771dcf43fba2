import { assert, assertEquals } from "@std/assert";
import { History } from "../../lib/watch/history/history.ts";
import { Recorder } from "../../lib/watch/recorder.ts";
import { readReport } from "../../lib/watch/report/read_report.ts";
import { describeRun } from "../../lib/watch/state/describe_run.ts";
import type { WatchedRun } from "../../lib/watch/check_runner.ts";
import { Scheduler } from "../../lib/watch/scheduler.ts";
import { task } from "./_samples.ts";

/** The behaviour of a service: it answers, answers wrongly, takes too long, or does not listen. */
type Mode = "good" | "error" | "wrong" | "slow" | "gone";

/** A mode of a service: nothing of it shows before `begun`, and nothing of what was before shows after `done`. */
interface Told {
  readonly mode: Mode;
  readonly begun: number;
  readonly done: number;
}

/**
 * The address of the services. While one is gone, another test must not get its port; macOS has no further address, so
 * there it may happen.
 */
const ADDRESS = Deno.build.os === "darwin" ? "127.0.0.1" : "127.83.46.11";

/** A service whose behaviour a test can change; it records the times of the changes. */
class Service implements AsyncDisposable {
  readonly told: Told[] = [];
  readonly url: string;
  readonly #port: number;
  #mode: Mode = "good";
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;

  constructor() {
    this.#server = this.#listen(0);
    this.#port = this.#server.addr.port;
    this.url = `http://${ADDRESS}:${this.#port}/`;
  }

  async become(mode: Mode): Promise<void> {
    const begun = Date.now();
    if (mode === "gone") {
      await this.#server?.shutdown();
      this.#server = undefined;
    } else this.#server ??= this.#listen(this.#port);
    this.#mode = mode;
    this.told.push({ mode, begun, done: Date.now() });
  }

  #listen(port: number): Deno.HttpServer<Deno.NetAddr> {
    return Deno.serve({ hostname: ADDRESS, port, onListen() {} }, ({ signal }) => {
      const body = this.#mode === "wrong" ? "oh no" : "all is well";
      const response = new Response(body, { status: this.#mode === "error" ? 503 : 200 });
      if (this.#mode !== "slow") return response;
      const { promise, resolve } = Promise.withResolvers<Response>();
      // Answers after every client has given up.
      signal.addEventListener("abort", () => resolve(response));
      return promise;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.shutdown();
  }
}

const SCRIPTS: readonly (readonly Mode[])[] = [
  ["good"],
  ["error"],
  ["error", "good"],
  ["good", "error"],
  ["wrong", "good", "wrong"],
  ["slow", "good"],
  ["good", "slow"],
  ["gone", "good"],
  ["good", "gone"],
  ["error", "slow", "gone", "good"],
  ["good", "wrong", "good"],
  ["gone", "good", "gone", "good"],
];

/** The verdicts that the history may have for a run in each mode. */
const CAUSES: Readonly<Record<Exclude<Mode, "good">, RegExp>> = {
  error: /^not status == 200 \(found 503\)$/,
  wrong: /^not body ~ \/well\/ \(found "oh no"\)$/,
  slow: /^timeout in /,
  gone: /^refused in connect: /,
};

/** While a service goes away, connections that it took are dropped. */
const DROPPED = /^(?:reset|closed) in /;

const STEPS = 4;
const INTERVAL = 60;
/** Milliseconds. A service that takes longer is slow, also if it is the machine that has no time for it. */
const TIMEOUT = 500;

/** Milliseconds by which two clocks that are read one after the other may differ. */
const CLOCKS = 2;

/** A run as the watch saw it. */
interface Seen {
  readonly start: number;
  readonly end: number;
  /** `undefined`: up. */
  readonly cause: string | undefined;
}

/** Tells whether a run agrees with the behaviour of the service at that time. */
function isExplained({ start, end, cause }: Seen, told: readonly Told[]): boolean {
  if (cause !== undefined && CAUSES.slow.test(cause) && end - start >= TIMEOUT - CLOCKS) return true;
  return told.some(({ mode, begun }, index) => {
    const over = told[index + 1]?.done ?? Infinity;
    if (end + CLOCKS < begun || start - CLOCKS > over) return false;
    if (mode === "good" || cause === undefined) return mode === "good" && cause === undefined;
    const leaving = mode === "gone" && start - CLOCKS <= told[index]!.done;
    return CAUSES[mode].test(cause) || leaving && DROPPED.test(cause);
  });
}

/** From the first run that failed to the next good one. */
function outagesOf(runs: readonly Seen[]): { start: number; end: number | null; cause: string }[] {
  const outages: { start: number; end: number | null; cause: string }[] = [];
  for (const { start, cause } of runs) {
    const open = outages.at(-1)?.end === null ? outages.at(-1) : undefined;
    if (cause === undefined) { if (open !== undefined) open.end = start; }
    else if (open === undefined) outages.push({ start, end: null, cause });
  }
  return outages;
}

/** Keeps what runs said, and waits until the last one of each check says what its service does. */
class Onlooker {
  readonly runs = new Map<string, Seen[]>();
  #wanted = new Map<string, boolean>();
  #settled = Promise.withResolvers<void>();

  see({ task, run }: WatchedRun): void {
    // A lack of free ports on this machine says nothing about a service, and the history must reflect that.
    if (run.verdict === "unknown") return;
    const start = Date.parse(run.result.startedAt);
    const cause = run.verdict === "up" ? undefined : describeRun(run);
    const seen = { start, end: start + run.result.timings.total, cause };
    this.runs.set(task.name, [...this.runs.get(task.name) ?? [], seen]);
    const all = [...this.#wanted].every(([name, good]) =>
      (this.runs.get(name)?.at(-1)?.cause === undefined) === good && this.runs.has(name)
    );
    if (all) this.#settled.resolve();
  }

  /** Resolves when the last run of every check is as wanted. */
  async settle(wanted: ReadonlyMap<string, boolean>): Promise<void> {
    this.#wanted = new Map(wanted);
    this.#settled = Promise.withResolvers();
    await this.#settled.promise;
  }
}

Deno.test("the history agrees with the behaviour of a dozen services", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  const services = SCRIPTS.map(() => new Service());
  const path = `${folder}/h.db`;
  const tasks = services.map(({ url }, index) =>
    task({
      name: `service ${String(index).padStart(2, "0")}`,
      url,
      interval: `${INTERVAL}ms`,
      maxTime: `${TIMEOUT}ms`,
      expect: ["status == 200", "body ~ /well/"],
    })
  );
  const onlooker = new Onlooker();
  const settled: { at: number; good: boolean }[][] = [];
  try {
    const begun = Date.now();
    for (const service of services) await service.become("good");
    {
      using history = new History(path);
      const recorder = new Recorder(history);
      const onRun = (run: WatchedRun): void => {
        recorder.record(run);
        onlooker.see(run);
      };
      await using scheduler = new Scheduler({ onRun, random: () => 0 });
      scheduler.setTasks(tasks);
      for (let step = -1; step < STEPS; step++) {
        for (const [index, service] of services.entries()) {
          const mode = SCRIPTS[index]![step];
          if (mode !== undefined) await service.become(mode);
        }
        const good = services.map(({ told }) => told.at(-1)?.mode === "good");
        await onlooker.settle(new Map(tasks.map(({ name }, index) => [name, good[index]!])));
        // The run after it may be under way, and see what comes next.
        const lastRuns = tasks.map(({ name }) => onlooker.runs.get(name)!.at(-1)!.start);
        settled.push(lastRuns.map((at, index) => ({ at, good: good[index]! })));
      }
    }
    const { checks } = await readReport(path, { from: begun, to: Date.now() + 1 });
    assertEquals(checks.length, services.length);
    for (const [index, { name, outages, condition, uptime, runs, verdicts }] of checks.entries()) {
      const seen = onlooker.runs.get(name)!;
      for (const run of seen) {
        assert(
          isExplained(run, services[index]!.told),
          `${name} ${JSON.stringify([run, services[index]!.told])}`,
        );
      }
      const told = outages.map(({ start, end, cause }) => ({
        start: Date.parse(start),
        end: end === null ? null : Date.parse(end),
        cause,
      }));
      assertEquals(told, outagesOf(seen), `${name}: outages`);
      // When all was as the script wants it, the history has it so.
      for (const { at, good } of settled.map((checks) => checks[index]!)) {
        const down = told.some(({ start, end }) => start <= at && (end === null || end > at));
        assertEquals(down, !good, `${name} at ${at}`);
      }
      assertEquals(runs - verdicts.unknown, seen.length, `${name}: runs`);
      assertEquals(condition, seen.at(-1)?.cause === undefined ? "up" : "down", `${name}: condition`);
      assertEquals(uptime === 1, told.length === 0, `${name}: uptime`);
    }
  } finally {
    for (const service of services) await service[Symbol.asyncDispose]();
    await Deno.remove(folder, { recursive: true });
  }
});
