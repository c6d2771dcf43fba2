import { assertEquals } from "@std/assert";
import { type AlertSubject, openAlerts, type ToldChange } from "../../../lib/watch/delivery/alerts.ts";
import type { Receiver } from "../../../lib/watch/tasks/receiver.ts";
import { History } from "../../../lib/watch/history/history.ts";
import { Recorder } from "../../../lib/watch/recorder.ts";
import { noteChecks } from "../../../lib/watch/retire_checks.ts";
import type { CheckSource } from "../../../lib/watch/tasks/task.ts";
import { runAt, task } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";
import { RecordedWatch } from "./_receiving_end.ts";

testRows<[told: ToldChange[], open: AlertSubject[]]>(
  "openAlerts() finds what nobody resolved",
  [
    [[], []],
    [[{ kind: "down", to: "down" }], ["condition"]],
    [[{ kind: "degraded", to: "degraded" }], ["condition"]],
    [[{ kind: "down", to: "down" }, { kind: "up", to: "up" }], []],
    [[{ kind: "flapping", to: "up" }], ["condition"]],
    [[{ kind: "flapping", to: "up" }, { kind: "steady", to: "up" }], []],
    [[{ kind: "flapping", to: "up" }, { kind: "steady", to: "down" }], ["condition"]],
    [[{ kind: "down", to: "down" }, { kind: "certificate-renewed", to: "down" }], ["condition"]],
    [[{ kind: "certificate-soon", to: "up" }, { kind: "up", to: "up" }], ["certificate"]],
    [[{ kind: "certificate-soon", to: "up" }, { kind: "removed", to: "up", ends: "certificate-soon" }], []],
    [[{ kind: "down", to: "down" }, { kind: "removed", to: "down", ends: "down" }], []],
    [[{ kind: "unmeasured", to: "up" }], ["measurement"]],
    [[{ kind: "behaviour", to: "up" }], []],
  ],
  ([told, open]) => assertEquals([...openAlerts(told).keys()], open),
  { permissions: "none" },
);

const SHOP = { name: "shop", url: "http://a.test/" };
const PAGER = { type: "pagerduty", place: "receivers[0]", headers: {}, severity: "critical" } as const;

/** A service that keeps alerts, a chat, and a watch that tells both. */
class PagedWatch extends RecordedWatch {
  readonly events: string[];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly pager: Receiver;

  constructor(options: { on?: Receiver["on"]; only?: Receiver["only"] } = {}) {
    const events: string[] = [];
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
      const { event_action: action, dedup_key: key, kind } = await request.json() as Record<string, string>;
      events.push(kind === undefined ? `${action} ${key?.replace("sonde/", "")}` : `chat ${kind}`);
      return Response.json({ status: "success" }, { status: 202 });
    });
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const pager: Receiver = { ...PAGER, ...options, url, key: "k" };
    super([pager, { type: "webhook", place: "receivers[1]", url, headers: {} }]);
    this.events = events;
    this.#server = server;
    this.pager = pager;
  }

  /** Waits until everything is delivered, and returns the events since the last call. */
  async flush(): Promise<string[]> {
    await this.deliverer.drain(10_000);
    return this.events.splice(0).sort();
  }

  /** Reads a task file with other checks. */
  note(names: readonly string[]): void {
    const source: CheckSource = { file: "/checks.json", names };
    noteChecks(this.history, { source, receivers: [this.pager], redact: (text) => text });
    this.deliverer.wake();
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await this.#server.shutdown();
  }
}

const CERTIFICATE = { certificateDays: 400 };

testRows<[name: string, edit: Record<string, unknown>, verdict: "up" | "down", events: string[]]>(
  "Recorder resolves the alert of a check after an edit that",
  [
    ["makes it up", { expect: ["status == 200"] }, "up", ["chat up", "resolve shop"]],
    ["leaves it down", { expect: ["status == 200"] }, "down", []],
    ["changes no condition", { tags: ["eu"] }, "down", []],
  ],
  async ([, edit, verdict, events]) => {
    await using watch = new PagedWatch();
    watch.record(task(SHOP), 0, "up");
    watch.record(task(SHOP), 1, "down");
    assertEquals(await watch.flush(), ["chat down", "trigger shop"]);
    watch.record(task({ ...SHOP, ...edit }), 2, verdict);
    assertEquals(await watch.flush(), events);
  },
);

Deno.test("Recorder resolves no alert that a receiver does not have", async () => {
  await using watch = new PagedWatch();
  for (const [minute, verdict] of (["up", "down", "up"] as const).entries()) {
    watch.record(task(SHOP), minute, verdict);
  }
  assertEquals(await watch.flush(), ["chat down", "chat up", "resolve shop", "trigger shop"]);
  watch.record(task({ ...SHOP, expect: ["status == 202"] }), 3, "up");
  assertEquals(await watch.flush(), []);
});

Deno.test("Recorder resolves the alert of a check that is flapping when an edit ends that", async () => {
  await using watch = new PagedWatch();
  for (const [minute, verdict] of [..."ududududu"].entries()) {
    watch.record(task(SHOP), minute, verdict === "u" ? "up" : "down");
  }
  assertEquals((await watch.flush()).at(-1), "trigger shop");
  watch.record(task({ ...SHOP, flapping: 0 }), 9, "up");
  assertEquals(await watch.flush(), ["resolve shop"]);
});

Deno.test("Recorder resolves the alert of a receiver that no longer gets notices of the check", async () => {
  await using watch = new PagedWatch();
  watch.record(task(SHOP), 0, "down");
  await watch.flush();
  watch.setReceivers([{ ...watch.pager, only: ["blog"] }]);
  watch.record(task(SHOP), 1, "up");
  watch.record(task(SHOP), 2, "down");
  assertEquals(await watch.flush(), ["resolve shop"]);
});

Deno.test("Recorder resolves no alert of a receiver that leaves out recoveries", async () => {
  await using watch = new PagedWatch({ on: ["down"] });
  watch.note(["shop"]);
  watch.record(task(SHOP), 0, "down");
  await watch.flush();
  watch.record(task({ ...SHOP, expect: ["status == 200"] }), 1, "up");
  watch.note([]);
  assertEquals(await watch.flush(), ["chat up"]);
});

Deno.test("noteChecks() resolves every alert of a check that was removed, once", async () => {
  await using watch = new PagedWatch();
  watch.note(["shop", "blog"]);
  watch.record(task({ ...SHOP, ...CERTIFICATE }), 0, "up");
  watch.record(task({ ...SHOP, ...CERTIFICATE }), 1, "down");
  watch.record("blog", 1, "down");
  assertEquals((await watch.flush()).filter((event) => event.startsWith("trigger")), [
    "trigger blog",
    "trigger shop",
    "trigger shop/certificate",
  ]);
  watch.note(["blog"]);
  watch.note(["blog"]);
  assertEquals(await watch.flush(), ["resolve shop", "resolve shop/certificate"]);
});

testRows<[verdict: "up" | "down", events: string[]]>(
  "noteChecks() lets a check that returns begin anew: a run that is",
  [["up", []], ["down", ["chat down", "trigger shop"]]],
  async ([verdict, events]) => {
    await using watch = new PagedWatch();
    watch.note(["shop"]);
    watch.record("shop", 0, "down");
    watch.note([]);
    await watch.flush();
    watch.note(["shop"]);
    watch.record("shop", 2, verdict);
    assertEquals(await watch.flush(), events);
  },
);

Deno.test("Recorder says when it queued a notice, also if people hear nothing of the change", () => {
  using history = new History(":memory:");
  let queued = 0;
  const pager: Receiver = { ...PAGER, url: "http://a.test/", key: "k" };
  const recorder = new Recorder(history, [pager], { onQueued: () => queued++ });
  const record = (minute: number, verdict: "up" | "down", edit = {}) =>
    recorder.record({ task: task({ ...SHOP, ...edit }), run: runAt(minute, verdict), skipped: 0 }).changes
      .length;
  for (const [minute, letter] of [..."ududududu"].entries()) record(minute, letter === "u" ? "up" : "down");
  const before = queued;
  assertEquals([record(9, "up"), queued - before], [0, 0]);
  assertEquals([record(10, "up", { flapping: 0 }), queued - before], [0, 1]);
});

Deno.test("Recorder resolves the alert about a certificate that the check needs no longer", async () => {
  await using watch = new PagedWatch();
  const shop = task({ ...SHOP, ...CERTIFICATE });
  watch.record(shop, 0, "up");
  assertEquals(await watch.flush(), ["chat certificate-soon", "trigger shop/certificate"]);
  for (let minute = 1; minute <= 60; minute++) {
    const run = runAt(minute, "up");
    const { tls: _, ...result } = run.result;
    watch.recorder.record({ task: shop, run: { ...run, result }, skipped: 0 });
  }
  assertEquals(await watch.flush(), ["resolve shop/certificate"]);
});
