import { assert, assertEquals } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { parseTasks } from "../../lib/watch/tasks/parse_tasks.ts";
import type { WatchedRun } from "../../lib/watch/check_runner.ts";
import { runEach } from "../../lib/watch/run_each.ts";
import { Scheduler } from "../../lib/watch/scheduler.ts";
import { task } from "./_samples.ts";

/** Counts requests by path, and how many are under way at once. */
function serve(answer: (path: string, request: Request) => Promise<Response> | Response) {
  const counts = new Map<string, { total: number; now: number; most: number }>();
  let now = 0;
  let most = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const count = counts.get(pathname) ?? { total: 0, now: 0, most: 0 };
    counts.set(pathname, count);
    count.total++;
    count.most = Math.max(count.most, ++count.now);
    most = Math.max(most, ++now);
    const response = await answer(pathname, request);
    now--;
    count.now--;
    return response;
  });
  return { server, counts, url: `http://127.0.0.1:${server.addr.port}`, most: () => most };
}

/** Collects a number of runs. */
function collector(enough: (runs: readonly WatchedRun[]) => boolean) {
  const runs: WatchedRun[] = [];
  const done = Promise.withResolvers<void>();
  const onRun = (run: WatchedRun): void => {
    runs.push(run);
    if (enough(runs)) done.resolve();
  };
  return { runs, onRun, done: done.promise };
}

Deno.test("Scheduler runs each check at its interval", async () => {
  const { server, url } = serve(() => new Response());
  await using _server = server;
  const { runs, onRun, done } = collector((all) =>
    all.filter(({ task }) => task.name === "fast").length === 10
  );
  const started = performance.now();
  {
    await using scheduler = new Scheduler({ onRun, random: () => 0 });
    scheduler.setTasks([
      task({ name: "fast", url: `${url}/fast`, interval: "50ms" }),
      task({ name: "slow", url: `${url}/slow`, interval: "200ms" }),
    ]);
    await done;
  }
  const took = performance.now() - started;
  assert(took >= 440, `${took}`);
  const fast = runs.filter(({ task }) => task.name === "fast");
  // Slots that a busy machine missed are counted, so runs and skipped slots together cover the time.
  const slots = fast.reduce((sum, { skipped }) => sum + 1 + skipped, 0);
  assert(slots >= 10 && slots <= Math.ceil(took / 50) + 1, `${slots} in ${took}`);
  // The last run may have ended well before it was seen here.
  const ran = Date.parse(fast.at(-1)!.run.result.startedAt) - Date.parse(fast[0]!.run.result.startedAt);
  assert(slots >= Math.floor(ran / 50) - 1, `${slots} in ${ran}`);
});

Deno.test("Scheduler never runs a check twice at once, and counts missed slots", async () => {
  const { server, counts, url } = serve(async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 170);
    await promise;
    return new Response();
  });
  await using _server = server;
  const { runs, onRun, done } = collector((all) => all.length === 3);
  {
    await using scheduler = new Scheduler({ onRun, random: () => 0 });
    scheduler.setTasks([task({ url, interval: "50ms" })]);
    await done;
  }
  assertEquals(counts.get("/")?.most, 1);
  assertEquals(runs[0]?.skipped, 0);
  assert(runs[1]!.skipped >= 3 && runs[2]!.skipped >= 3, runs.map(({ skipped }) => skipped).join());
});

Deno.test("Scheduler respects its concurrency", async () => {
  const { server, url, most } = serve(async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 20);
    await promise;
    return new Response();
  });
  await using _server = server;
  const tasks = Array.from({ length: 20 }, (_, index) => task({ url: `${url}/${index}`, interval: "1s" }));
  const { runs, onRun, done } = collector((all) => all.length >= 20);
  {
    await using scheduler = new Scheduler({ onRun, concurrency: 3, random: () => 0 });
    scheduler.setTasks(tasks);
    await done;
  }
  const { signal } = new AbortController();
  await runEach(tasks, { onRun, concurrency: 3, signal });
  assertEquals(new Set(runs.map(({ task }) => task.name)).size, 20);
  assert(most() <= 3, `${most()}`);
});

Deno.test("Scheduler replaces changed checks, and keeps equal ones", async () => {
  const { server, counts, url } = serve((path, { signal }) => {
    if (path !== "/stuck") return new Response();
    const { promise, resolve } = Promise.withResolvers<Response>();
    // Answers after every client has given up.
    signal.addEventListener("abort", () => resolve(new Response()));
    return promise;
  });
  await using _server = server;
  const stuck = task({ name: "stuck", url: `${url}/stuck`, interval: "50ms" });
  const same = task({ name: "same", url: `${url}/same`, interval: "1h" });
  const { runs, onRun, done } = collector((all) => all.some(({ task }) => task.name === "new"));
  const first = collector((all) => all.length > 0);
  {
    await using scheduler = new Scheduler({
      onRun: (run) => {
        first.onRun(run);
        onRun(run);
      },
      random: () => 0,
    });
    scheduler.setTasks([stuck, same]);
    await first.done;
    scheduler.setTasks([
      task({ name: "same", url: `${url}/same`, interval: "1h" }),
      task({ name: "new", url }),
    ]);
    await done;
  }
  assertEquals(counts.get("/same")?.total, 1);
  assertEquals(runs.some(({ task }) => task.name === "stuck"), false);
});

Deno.test("Scheduler uses the functions and secrets of the last plan, even for an equal check", async () => {
  const { server, url } = serve((_, request) =>
    new Response(null, { headers: { Token: request.headers.get("token")! } })
  );
  await using _server = server;
  const plan = (token: string) =>
    parseTasks([{
      url,
      interval: "30ms",
      headers: { token: "${env:TOKEN}" },
      test: {
        fits: ({ headers }: ProbeResult) =>
          headers?.some(([name, value]) => name === "Token" && value === token),
      },
    }], { file: "test", source: { env: () => token, file: () => "" } }).tasks;
  const first = collector((all) => all.length === 2);
  const second = collector((all) => all.some(({ task }) => task.redact("second") === "***"));
  {
    await using scheduler = new Scheduler({
      onRun: (run) => {
        first.onRun(run);
        second.onRun(run);
      },
      random: () => 0,
    });
    const [before, after] = [plan("first!"), plan("second")];
    assertEquals(before[0]?.identity, after[0]?.identity);
    scheduler.setTasks(before);
    await first.done;
    scheduler.setTasks(after);
    await second.done;
  }
  // Whether the function of one plan ever saw the secret of the other.
  assertEquals(new Set(second.runs.map(({ run }) => run.verdict)), new Set(["up"]));
});
