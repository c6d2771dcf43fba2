import { assert, assertEquals } from "@std/assert";
import type { CheckRunnerOptions, WatchedRun } from "../../lib/watch/check_runner.ts";
import { runEach } from "../../lib/watch/run_each.ts";
import { Scheduler } from "../../lib/watch/scheduler.ts";
import { parseTasks } from "../../lib/watch/tasks/parse_tasks.ts";
import type { Task } from "../../lib/watch/tasks/task.ts";
import { testRows } from "../_test_rows.ts";
import { SOURCE } from "./_samples.ts";

/** A server whose paths answer 200, or 503 while they are broken; it counts requests. */
function site() {
  const broken = new Set<string>();
  /** Paths whose answers have to wait. */
  const held = new Map<string, Promise<void>>();
  const requests = new Map<string, { total: number; now: number; most: number }>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const name = new URL(request.url).pathname.slice(1);
    const count = requests.get(name) ?? { total: 0, now: 0, most: 0 };
    requests.set(name, count);
    count.total++;
    count.most = Math.max(count.most, ++count.now);
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 5);
    await promise;
    await held.get(name);
    count.now--;
    return new Response(null, { status: broken.has(name) ? 503 : 200 });
  });
  /** Makes checks, each with the names on which it depends and its interval. */
  const tasks = (checks: Record<string, [dependsOn: string[], interval?: string]>): readonly Task[] =>
    parseTasks(
      Object.entries(checks).map(([name, [dependsOn, interval]]) => ({
        name,
        url: `http://127.0.0.1:${server.addr.port}/${name}`,
        dependsOn,
        interval,
      })),
      { file: "checks.json", source: SOURCE },
    ).tasks;
  return { broken, held, requests, tasks, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** Writes a run as `name verdict`, with the reason if there is one. */
function told({ task, run }: WatchedRun): string {
  return [task.name, run.verdict, ...run.reason === undefined ? [] : [`(${run.reason})`]].join(" ");
}

async function runOnce(
  tasks: readonly Task[],
  options: Partial<CheckRunnerOptions> & { leftOut?: Task[] } = {},
) {
  const runs: string[] = [];
  const { signal } = new AbortController();
  await runEach(tasks, { ...options, signal, onRun: (run) => void runs.push(told(run)) });
  return runs;
}

/** Runs checks at their intervals until enough runs were told; `onRun` may change the site. */
async function watch(
  tasks: readonly Task[],
  onRun: (run: string, runs: readonly string[]) => boolean,
): Promise<string[]> {
  const runs: string[] = [];
  const done = Promise.withResolvers<void>();
  await using scheduler = new Scheduler({
    random: () => 0,
    onRun: (run) => {
      runs.push(told(run));
      if (onRun(told(run), runs)) done.resolve();
    },
  });
  scheduler.setTasks(tasks);
  await done.promise;
  return [...runs];
}

Deno.test("runEach() runs a check after those that it depends on", async () => {
  await using web = site();
  web.broken.add("gateway").add("shop");
  const tasks = web.tasks({ shop: [["gateway"]], blog: [["shop", "gateway"]], gateway: [[]] });
  assertEquals(await runOnce(tasks), ["gateway down", "shop unknown (gateway is down)", "blog up"]);
});

Deno.test("runEach() needs no second place for a check that others wait for", async () => {
  await using web = site();
  web.broken.add("shop").add("gateway");
  const tasks = web.tasks({ shop: [["gateway"]], gateway: [["router"]], router: [[]] });
  const runs = await runOnce(tasks, { concurrency: 1 });
  assertEquals(runs, ["router up", "gateway down", "shop unknown (gateway is down)"]);
});

Deno.test("runEach() names the check that is the first cause, and several at once", async () => {
  await using web = site();
  for (const name of ["router", "gateway", "database", "shop"]) web.broken.add(name);
  const tasks = web.tasks({
    router: [[]],
    gateway: [["router"]],
    database: [[]],
    shop: [["gateway", "database"]],
  });
  const runs = await runOnce(tasks);
  assertEquals(runs.toSorted(), [
    "database down",
    "gateway unknown (router is down)",
    "router down",
    "shop unknown (router is down, database is down)",
  ]);
});

testRows<[broken: string[], excluded: string[]]>(
  "runEach() excludes a run that failed because of a check in maintenance, and no other,",
  [
    [["gateway", "shop", "blog"], ["blog", "gateway", "shop"]],
    // The gateway works, so the shop has a fault of its own.
    [["shop"], ["gateway"]],
    [["gateway", "database", "shop", "blog"], ["blog", "gateway"]],
    [["gateway"], ["gateway"]],
  ],
  async ([broken, excluded]) => {
    await using web = site();
    for (const name of broken) web.broken.add(name);
    const tasks = web.tasks({
      gateway: [[]],
      database: [[]],
      shop: [["gateway", "database"]],
      blog: [["gateway"]],
    })
      .map((task) =>
        task.name === "gateway"
          ? { ...task, maintenance: [{ type: "once", from: 0, to: Number.MAX_SAFE_INTEGER } as const] }
          : task
      );
    const found: string[] = [];
    await runEach(tasks, {
      signal: new AbortController().signal,
      onRun: ({ task, run }) => void (run.excluded === "maintenance" && found.push(task.name)),
    });
    assertEquals(found.toSorted(), excluded);
  },
);

Deno.test("runEach() asks a check again that was up before another one failed", async () => {
  await using web = site();
  web.broken.add("shop");
  const tasks = web.tasks({ gateway: [[]], shop: [["gateway"]] });
  assertEquals(await runOnce(tasks), ["gateway up", "shop down"]);
  assertEquals(web.requests.get("gateway")?.total, 2);
});

Deno.test("runEach() explains a failure by a check that is down in its window of maintenance", async () => {
  await using web = site();
  web.broken.add("gateway").add("shop");
  const [gateway, shop] = web.tasks({ gateway: [[]], shop: [["gateway"]] });
  const always = { type: "once", from: 0, to: Infinity } as const;
  const runs = await runOnce([{ ...gateway!, maintenance: [always] }, shop!]);
  assertEquals(runs, ["gateway down", "shop unknown (gateway is down)"]);
});

Deno.test("runEach() runs a check that is left out only to judge a failure, and tells nobody", async () => {
  await using web = site();
  const [gateway, shop] = web.tasks({ gateway: [[]], shop: [["gateway"]] });
  assertEquals(await runOnce([shop!], { leftOut: [gateway!] }), ["shop up"]);
  assertEquals(web.requests.get("gateway"), undefined);
  web.broken.add("gateway").add("shop");
  assertEquals(await runOnce([shop!], { leftOut: [gateway!] }), ["shop unknown (gateway is down)"]);
});

Deno.test("runEach() takes a check for down until enough runs made it up", async () => {
  await using web = site();
  web.broken.add("shop");
  const tasks = web.tasks({ gateway: [[]], shop: [["gateway"]] });
  const conditionOf = (name: string) => name === "gateway" ? "down" as const : "up" as const;
  assertEquals(await runOnce(tasks, { conditionOf }), ["gateway up", "shop unknown (gateway is down)"]);
});

Deno.test("Scheduler runs a check at once if one that depends on it fails before its time", async () => {
  await using web = site();
  const tasks = web.tasks({ gateway: [[], "1h"], shop: [["gateway"], "40ms"] });
  const runs = await watch(tasks, (run, all) => {
    if (all.includes("gateway up") && all.includes("shop up")) web.broken.add("gateway").add("shop");
    return run.startsWith("shop unknown");
  });
  assertEquals(runs.filter((run) => !run.endsWith(" up")), [
    "gateway down",
    "shop unknown (gateway is down)",
  ]);
});

Deno.test("Scheduler tells a run between two others only if it changes the verdict", async () => {
  await using web = site();
  const tasks = web.tasks({ gateway: [[], "1h"], shop: [["gateway"], "20ms"] });
  let unknown = 0;
  const runs = await watch(tasks, (run, all) => {
    if (unknown === 0 && all.includes("gateway up") && all.includes("shop up")) {
      web.broken.add("gateway").add("shop");
    }
    if (run.startsWith("shop unknown") && ++unknown === 5) web.broken.delete("gateway");
    return run === "shop down";
  });
  const gateway = runs.filter((run) => run.startsWith("gateway"));
  assertEquals(gateway, ["gateway up", "gateway down", "gateway up"]);
  assertEquals(runs.at(-1), "shop down");
});

Deno.test("Scheduler runs a check once for several that fail at the same time", async () => {
  await using web = site();
  const names = Array.from({ length: 12 }, (_, index) => `shop${index}`);
  for (const name of ["gateway", ...names]) web.broken.add(name);
  const tasks = web.tasks({
    gateway: [[], "1h"],
    ...Object.fromEntries(names.map((name): [string, [string[], string]] => [name, [["gateway"], "1h"]])),
  });
  const runs = await watch(tasks, (_, all) => all.length === 13);
  assertEquals(runs.filter((run) => run === "gateway down").length, 1);
  assertEquals(runs.filter((run) => run.endsWith("unknown (gateway is down)")).length, 12);
  const { most, total } = web.requests.get("gateway")!;
  assertEquals(most, 1);
  assert(total <= 3, `${total} runs of the gateway`);
});

Deno.test("Scheduler explains a failure that began while another check was down and ended after its return", async () => {
  await using web = site();
  web.broken.add("gateway").add("shop");
  const hold = Promise.withResolvers<void>();
  web.held.set("shop", hold.promise);
  const tasks = web.tasks({ shop: [["gateway"], "1h"], gateway: [[], "20ms"] });
  const runs = await watch(tasks, (run) => {
    if (run === "gateway down") web.broken.delete("gateway");
    if (run === "gateway up") hold.resolve();
    return run.startsWith("shop");
  });
  assertEquals(runs.filter((run) => run.startsWith("shop")), ["shop unknown (gateway is down)"]);
});

Deno.test("Scheduler lets a check be removed while others wait for it", async () => {
  await using web = site();
  web.broken.add("gateway").add("shop");
  const tasks = web.tasks({ gateway: [[], "20ms"], shop: [["gateway"], "20ms"] });
  const alone = web.tasks({ shop: [[], "20ms"] });
  const done = Promise.withResolvers<void>();
  await using scheduler = new Scheduler({
    random: () => 0,
    onRun: (run) => {
      if (told(run) === "gateway down") scheduler.setTasks(alone);
      if (told(run) === "shop down") done.resolve();
    },
  });
  scheduler.setTasks(tasks);
  await done.promise;
});
