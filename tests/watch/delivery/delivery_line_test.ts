import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { migrate, STEPS } from "../../../lib/watch/history/schema.ts";
import type { Receiver } from "../../../lib/watch/tasks/receiver.ts";
import { withFolder } from "../../_folder.ts";
import { skipWaits } from "../../_skipped_waits.ts";
import { testRows } from "../../_test_rows.ts";
import { task } from "../_samples.ts";
import { notice } from "./_notices.ts";
import { ReceivingEnd, RecordedWatch } from "./_receiving_end.ts";

const MINUTE = 60_000;

function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: code, headers });
}

testRows(
  "DeliveryLine sends a refused notice once, and the next one at once",
  [400, 401, 404, 410, 301, 308],
  async (code) => {
    using _clock = skipWaits();
    await using end = new ReceivingEnd((told) => status(told === "shop down" ? code : 204));
    await using watch = new RecordedWatch([end.receiver]);
    watch.record("shop", 0, "down");
    watch.record("shop", 1, "up");
    await watch.deliverer.drain(MINUTE);
    assertEquals(end.told, ["shop down", "shop up"]);
    assertEquals(watch.failures.length, 1);
    assertStringIncludes(watch.failures[0]!, "; refused, so sonde does not try again");
    assert(end.got[1]!.at < 1000);
  },
);

testRows(
  "DeliveryLine tries again after a failure that may pass",
  [408, 425, 429, 500, 503, 302],
  async (code) => {
    using _clock = skipWaits();
    await using end = new ReceivingEnd((_, number) => status(number === 1 ? code : 204));
    await using watch = new RecordedWatch([end.receiver]);
    watch.record("shop", 0, "down");
    watch.record("shop", 1, "up");
    await watch.deliverer.drain(MINUTE);
    assertEquals(end.told, ["shop down", "shop down", "shop up"]);
    assert(end.got[1]!.at >= 1000);
  },
);

Deno.test("DeliveryLine delays no check for a notice of another one that fails", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd((told) => status(told.startsWith("bad") ? 500 : 204));
  await using watch = new RecordedWatch([end.receiver]);
  watch.record("bad", 0, "down");
  watch.record("good", 0, "down");
  watch.record("bad", 1, "up");
  watch.record("good", 1, "up");
  await watch.deliverer.drain(10_000);
  assertEquals(end.told.slice(0, 3), ["bad down", "good down", "good up"]);
  assert(end.told.slice(3).every((told) => told === "bad down"), "the order within a check is kept");
  assertEquals(watch.deliverer.unsent().map(({ count }) => count), [2]);
});

testRows<[name: string, value: (now: number) => string, least: number]>(
  "DeliveryLine waits with all notices as long as Retry-After says",
  [
    ["seconds", () => "90", 90_000],
    ["a date", (now) => new Date(now + 90_000).toUTCString(), 88_000],
    ["too long a time", () => "999999", 3_600_000],
  ],
  async ([, value, least]) => {
    using _clock = skipWaits();
    await using end = new ReceivingEnd((_, number) =>
      number === 1 ? status(503, { "Retry-After": value(Date.now()) }) : status(204)
    );
    await using watch = new RecordedWatch([end.receiver]);
    watch.record("shop", 0, "down");
    while (watch.failures.length === 0) await watch.deliverer.drain(10);
    // A notice that comes meanwhile waits as well.
    watch.record("blog", 0, "down");
    await watch.deliverer.drain(100 * MINUTE);
    assertEquals(end.told, ["shop down", "shop down", "blog down"]);
    assert(end.got[1]!.at >= least && end.got[1]!.at < least + MINUTE, `${end.got[1]!.at}`);
  },
);

Deno.test("DeliveryLine waits as long as Retry-After says across a restart", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd((_, number) =>
    number === 1 ? status(429, { "Retry-After": "600" }) : status(204)
  );
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      await using watch = new RecordedWatch([end.receiver], { path, longestWait: 5000 });
      watch.record("shop", 0, "down");
      await watch.deliverer.drain(MINUTE);
    }
    await using watch = new RecordedWatch([end.receiver], { path, longestWait: 5000 });
    watch.record("blog", 0, "down");
    await watch.deliverer.drain(MINUTE);
    assertEquals(end.told, ["shop down"]);
    await using patient = new RecordedWatch([end.receiver], { path });
    await patient.deliverer.drain(20 * MINUTE);
    assertEquals(end.told, ["shop down", "shop down", "blog down"]);
    assert(end.got[1]!.at >= 600_000);
  });
});

Deno.test("DeliveryLine tries a new notice at once, and delivers the rest in order when the receiver is back", async () => {
  using _clock = skipWaits();
  let isBack = false;
  await using end = new ReceivingEnd(() => status(204));
  // A port that refuses connections until the receiver is back.
  using closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr as Deno.NetAddr;
  void (async () => {
    for await (const connection of closed) {
      if (!isBack) connection.close();
      else void relay(connection, Number(new URL(end.url).port));
    }
  })();
  const receiver: Receiver = {
    type: "webhook",
    place: "webhooks[0]",
    url: `http://127.0.0.1:${port}/`,
    headers: {},
  };
  await using watch = new RecordedWatch([receiver]);
  for (const name of ["a", "b", "c"]) watch.record(name, 0, "down");
  await watch.deliverer.drain(60 * MINUTE);
  assertEquals(end.told, []);
  watch.record("b", 70, "up");
  await watch.deliverer.drain(100);
  isBack = true;
  const before = Date.now();
  watch.record("d", 71, "down");
  await watch.deliverer.drain(60 * MINUTE);
  assertEquals(end.told, ["d down", "a down", "b down", "c down", "b up"]);
  assert(Date.now() - before < 10_000, "nothing waits for its next try");
});

async function relay(connection: Deno.Conn, port: number): Promise<void> {
  using other = await Deno.connect({ hostname: "127.0.0.1", port });
  await Promise.all([
    connection.readable.pipeTo(other.writable).catch(() => {}),
    other.readable.pipeTo(connection.writable).catch(() => {}),
  ]);
}

Deno.test("DeliveryLine delivers the notices of many checks in their order", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  await using watch = new RecordedWatch([end.receiver]);
  const names = Array.from({ length: 50 }, (_, index) => `check ${index}`);
  for (const name of names) watch.record(name, 0, "down");
  for (const name of names) watch.record(name, 1, "up");
  await watch.deliverer.drain(10 * MINUTE);
  assertEquals(end.told, [...names.map((name) => `${name} down`), ...names.map((name) => `${name} up`)]);
});

Deno.test("Deliverer gives the notices of an earlier identity to the receiver with the same URL", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const withToken = (
      token: string,
    ): Receiver => ({ ...end.receiver, headers: { Token: token } } as Receiver);
    {
      await using watch = new RecordedWatch([withToken("old")], { path });
      watch.deliverer.setReceivers({ receivers: [], redact: (text) => text });
      watch.record("shop", 0, "down");
    }
    await using watch = new RecordedWatch([withToken("new")], { path });
    await watch.deliverer.drain(MINUTE);
    assertEquals([end.told, watch.failures], [["shop down"], []]);
  });
});

Deno.test("Deliverer treats the same URL with other headers as two receivers", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  const receivers = ["a", "b"].map((
    token,
  ): Receiver => ({ ...end.receiver, headers: { token } } as Receiver));
  await using watch = new RecordedWatch(receivers);
  watch.record("shop", 0, "down");
  await watch.deliverer.drain(MINUTE);
  assertEquals(end.told, ["shop down", "shop down"]);
});

Deno.test("Deliverer tells of notices whose receiver is no longer there, and gives them up after days", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const gone: Receiver = { type: "webhook", place: "webhooks[0]", url: "http://127.0.0.1:9/", headers: {} };
    const ageBy = (ms: number): void => {
      using database = Object.assign(new DatabaseSync(path), {
        [Symbol.dispose]: () => database.close(),
      });
      database.exec(`UPDATE deliveries SET due = due - ${ms}, queued = queued - ${ms}`);
    };
    {
      await using watch = new RecordedWatch([], { path });
      watch.recorder.setReceivers([gone]);
      watch.record("shop", 0, "down");
    }
    const said = async (): Promise<string[]> => {
      await using watch = new RecordedWatch([end.receiver], { path });
      return watch.failures;
    };
    assertEquals(await said(), [], "another process may still deliver it");
    ageBy(2 * 3_600_000);
    assertEquals(await said(), [
      "history: 1 notice waits for a receiver that this task file no longer has; " +
      "sonde gives them up two days after they were made",
    ]);
    ageBy(3 * 86_400_000);
    assertEquals(await said(), []);
    assertEquals(end.told, []);
  });
});

Deno.test("Recorder tells a receiver without degraded of no recovery from it", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  await using watch = new RecordedWatch([{ ...end.receiver, on: ["down", "up"] }]);
  const verdicts = ["up", "degraded", "up", "down", "degraded", "up"] as const;
  for (const [minute, verdict] of verdicts.entries()) {
    watch.record(task({ name: "shop", url: "http://a.test/", flapping: 0 }), minute, verdict);
  }
  await watch.deliverer.drain(MINUTE);
  assertEquals(end.told, ["shop down", "shop up"]);
});

Deno.test("Recorder tells a receiver that got another token of the recovery", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  const on = ["down", "up"] as const;
  await using watch = new RecordedWatch([{ ...end.receiver, on }]);
  const shop = task({ name: "shop", url: "http://a.test/", flapping: 0 });
  watch.record(shop, 0, "up");
  watch.record(shop, 1, "down");
  await watch.deliverer.drain(MINUTE);
  const renewed = { ...end.receiver, headers: { Token: "new" }, on } as Receiver;
  watch.setReceivers([renewed]);
  watch.record(shop, 2, "degraded");
  watch.record(shop, 3, "up");
  await watch.deliverer.drain(MINUTE);
  assertEquals(end.told, ["shop down", "shop up"]);
  // Another one with the same URL was told of nothing.
  watch.record("blog", 4, "down");
  watch.setReceivers([renewed, { ...end.receiver, headers: { Token: "other" }, on } as Receiver]);
  watch.record("blog", 5, "degraded");
  watch.record("blog", 6, "up");
  await watch.deliverer.drain(MINUTE);
  assertEquals(end.told.slice(2), ["blog down", "blog up"]);
});

Deno.test("Deliverer delivers what an earlier version queued", async () => {
  using _clock = skipWaits();
  await using end = new ReceivingEnd(() => status(204));
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const digest = createHash("sha256").update(`webhook ${end.url}`).digest("hex").slice(0, 16);
    const { title: _, ...message } = notice();
    const database = new DatabaseSync(path);
    migrate(database, STEPS.slice(0, 1));
    database.exec(`INSERT INTO checks VALUES (1, 'shop', 'http://a.test/', '[]', 60000, '{}');
      INSERT INTO changes VALUES (1, 1, 0, 'down', 'up', 'down', 0, 'gone')`);
    database.prepare("INSERT INTO deliveries (change_id, receiver, message, due) VALUES (1, ?, ?, ?)")
      .run(digest, JSON.stringify(message), Date.now());
    database.close();
    const receiver: Receiver = { ...end.receiver, headers: { Token: "new" } } as Receiver;
    await using watch = new RecordedWatch([receiver], { path });
    await watch.deliverer.drain(MINUTE);
    assertEquals([end.told, watch.failures], [["shop down"], []]);
  });
});
