import { assert, assertEquals } from "@std/assert";
import { Deliverer } from "../../lib/watch/deliverer.ts";
import { History } from "../../lib/watch/history/history.ts";
import { Recorder } from "../../lib/watch/recorder.ts";
import { readReport } from "../../lib/watch/report/read_report.ts";
import { Watcher } from "../../lib/watch/watcher.ts";
import { task } from "./_samples.ts";

/** What a service does: it answers, answers wrongly, takes too long, or does not listen. */
type Mode = "good" | "error" | "wrong" | "slow" | "gone";

/** A service that can be told what to do, and remembers when it was told. */
class Service implements AsyncDisposable {
  readonly told: { readonly at: number; readonly mode: Mode }[] = [];
  readonly url: string;
  readonly #port: number;
  #mode: Mode = "good";
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;

  constructor() {
    this.#server = this.#listen(0);
    this.#port = this.#server.addr.port;
    this.url = `http://127.0.0.1:${this.#port}/`;
  }

  async become(mode: Mode): Promise<void> {
    if (mode === "gone") {
      await this.#server?.shutdown();
      this.#server = undefined;
    } else this.#server ??= this.#listen(this.#port);
    this.#mode = mode;
    this.told.push({ at: Date.now(), mode });
  }

  #listen(port: number): Deno.HttpServer<Deno.NetAddr> {
    return Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, ({ signal }) => {
      const body = this.#mode === "wrong" ? "oh no" : "all is well";
      const response = new Response(body, { status: this.#mode === "error" ? 503 : 200 });
      if (this.#mode !== "slow") return response;
      const { promise, resolve } = Promise.withResolvers<Response>();
      // Answers when nobody waits any more.
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

const CAUSES: Readonly<Record<Exclude<Mode, "good">, string>> = {
  error: "not status == 200 (found 503)",
  wrong: 'not body ~ /well/ (found "oh no")',
  slow: "timeout in ",
  gone: "refused in connect",
};

const STEPS = 4;
const INTERVAL = 60;
/** Milliseconds; a run that waits for the timeout begins no other. */
const TIMEOUT = 150;

Deno.test("The history agrees with what a dozen services did", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  const services = SCRIPTS.map(() => new Service());
  try {
    const path = `${folder}/h.db`;
    const tasks = services.map(({ url }, index) =>
      task({
        name: `service ${String(index).padStart(2, "0")}`,
        url,
        interval: `${INTERVAL}ms`,
        timeout: `${TIMEOUT}ms`,
        expect: ["status == 200", "body ~ /well/"],
      })
    );
    const begun = Date.now();
    {
      using history = new History(path);
      await using deliverer = new Deliverer(history.deliveries);
      const recorder = new Recorder(history, deliverer, { tasks, receivers: [], redact: (text) => text });
      let seen = new Map<string, string>();
      let settled: { wanted: Map<string, boolean>; done: () => void } | undefined;
      const onRun = (run: Parameters<Recorder["record"]>[0]): void => {
        recorder.record(run);
        seen.set(run.task.name, run.run.verdict);
        const all = settled &&
          [...settled.wanted].every(([name, good]) => (seen.get(name) === "up") === good);
        if (all) settled?.done();
      };
      await using watcher = new Watcher({ onRun, random: () => 0 });
      watcher.setTasks(tasks);
      const settle = async (): Promise<void> => {
        const { promise, resolve } = Promise.withResolvers<void>();
        seen = new Map();
        const wanted = tasks.map(({ name }, index) =>
          [name, services[index]!.told.at(-1)?.mode === "good"] as const
        );
        settled = { wanted: new Map(wanted), done: resolve };
        await promise;
      };
      for (const service of services) await service.become("good");
      await settle();
      for (let step = 0; step < STEPS; step++) {
        for (const [index, service] of services.entries()) {
          const mode = SCRIPTS[index]![step];
          if (mode !== undefined) await service.become(mode);
        }
        await settle();
      }
    }
    const { checks } = readReport(path, { from: begun, to: Date.now() + 1 });
    for (const [index, { name, outages, condition, uptime }] of checks.entries()) {
      const { told } = services[index]!;
      const expected = expectedOutages(told);
      assertEquals(outages.length, expected.length, name);
      for (const [at, outage] of outages.entries()) {
        const { start, end, mode } = expected[at]!;
        // A run may have begun just before, and the next one comes after a timeout at most.
        const slack = 2 * (INTERVAL + TIMEOUT) + 500;
        assert(Math.abs(Date.parse(outage.start) - start) < slack, `${name} ${outage.start}`);
        assertEquals(outage.end === null, end === undefined, name);
        if (end !== undefined) {
          assert(Math.abs(Date.parse(outage.end!) - end) < slack, `${name} ${outage.end}`);
        }
        assert(outage.cause.startsWith(CAUSES[mode]), `${name}: ${outage.cause}`);
      }
      assertEquals(condition, told.at(-1)?.mode === "good" ? "up" : "down", name);
      assertEquals(uptime === 1, expected.length === 0, name);
    }
  } finally {
    for (const service of services) await service[Symbol.asyncDispose]();
    await Deno.remove(folder, { recursive: true });
  }
});

/** From the first mode that is not good to the next good one. */
function expectedOutages(
  told: Service["told"],
): { start: number; end: number | undefined; mode: Exclude<Mode, "good"> }[] {
  const outages: { start: number; end: number | undefined; mode: Exclude<Mode, "good"> }[] = [];
  for (const { at, mode } of told) {
    const open = outages.at(-1);
    if (mode === "good") {
      if (open !== undefined) open.end ??= at;
    } else if (open === undefined || open.end !== undefined) {
      outages.push({ start: at, end: undefined, mode });
    }
  }
  return outages;
}
