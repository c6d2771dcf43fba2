import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Deliverer, type DelivererOptions } from "../../../lib/watch/delivery/deliverer.ts";
import { describeDeliveryFailure, describeRetry } from "../../../lib/watch/delivery/delivery_text.ts";
import type { ChangeNotice } from "../../../lib/watch/delivery/change_notice.ts";
import { receiverDigest } from "../../../lib/watch/delivery/receiver_digest.ts";
import { History } from "../../../lib/watch/history/history.ts";
import { Recorder } from "../../../lib/watch/recorder.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import type { Receiver } from "../../../lib/watch/tasks/task.ts";
import { withFolder } from "../../_folder.ts";
import { runAt, task } from "../_samples.ts";
import { query } from "../history/_files.ts";
import { ReceivingEnd, RecordedWatch } from "./_receiving_end.ts";
import { testRows } from "../../_test_rows.ts";
import { skipWaits } from "../../_skipped_waits.ts";

const CHECK = task({ name: "shop", url: "http://a.test/", tags: ["web", "eu"] });

function begin(
  history: History,
  receivers: Receiver[],
  failures: string[] = [],
  options: DelivererOptions = { firstWait: 1 },
) {
  const deliverer = new Deliverer(history.deliveries, {
    ...options,
    onFailure: (failure) => failures.push(`${describeDeliveryFailure(failure)}; ${describeRetry(failure)}`),
  });
  const recorder = new Recorder(history, receivers);
  deliverer.setReceivers({ receivers, redact: (text) => text });
  const record = (minute: number, verdict: Verdict) => {
    const { changes } = recorder.record({ task: CHECK, run: runAt(minute, verdict), skipped: 0 });
    if (changes.length > 0) deliverer.wake();
    return changes;
  };
  return { deliverer, record };
}

function webhook(server: Deno.HttpServer<Deno.NetAddr>, headers: Record<string, string> = {}): Receiver {
  return { type: "webhook", place: "webhooks[0]", url: `http://127.0.0.1:${server.addr.port}/hook`, headers };
}

Deno.test("Deliverer posts changes in order and tries again until they are taken", async () => {
  using _clock = skipWaits();
  const received: { message: ChangeNotice; method: string; headers: Headers }[] = [];
  let refused = 0;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const message = await request.json() as ChangeNotice;
    if (refused++ < 2) return new Response(null, { status: 500 });
    received.push({ message, method: request.method, headers: new Headers(request.headers) });
    return new Response(null, { status: 204 });
  });
  using history = new History(":memory:");
  const failures: string[] = [];
  const { deliverer, record } = begin(history, [webhook(server, { Authorization: "Bearer x" })], failures);
  await using _deliverer = deliverer;
  record(0, "up");
  const [down] = record(1, "down");
  record(2, "up");
  await deliverer.drain(10_000);
  assertEquals(received.map(({ message }) => message.kind), ["down", "up"]);
  assertEquals(received[0]?.message, down);
  assertEquals(received[0]?.message, {
    schema: 1,
    check: "shop",
    url: "http://a.test/",
    tags: ["web", "eu"],
    title: "shop is down: refused in connect: nobody there",
    kind: "down",
    at: "2026-03-01T12:01:00.000Z",
    from: "up",
    to: "down",
    since: "2026-03-01T12:01:00.000Z",
    cause: "refused in connect: nobody there",
    status: 200,
    total: 149.6,
  });
  const { method, headers } = received[0]!;
  assertEquals([method, headers.get("content-type")], ["POST", "application/json"]);
  assertEquals(headers.get("authorization"), "Bearer x");
  assertEquals(failures, [
    'webhooks[0]: Cannot deliver "down" of shop: the answer was 500; the next try is in 1 ms',
    'webhooks[0]: Cannot deliver "down" of shop: the answer was 500; the next try is in 2 ms',
  ]);
});

Deno.test("Deliverer adopts the headers of a new plan, and redacts secrets in failures", async () => {
  using _clock = skipWaits();
  const tokens: (string | null)[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    tokens.push(request.headers.get("token"));
    return new Response();
  });
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const failures: string[] = [];
    {
      using history = new History(`${folder}/h.db`);
      const receivers = (token: string): Receiver[] => [
        webhook(server, { token }),
        { type: "command", place: "commands[0]", command: [`${folder}/s3cr3t`] },
      ];
      const options = { firstWait: 1, giveUpAfter: 3000 };
      const { deliverer, record } = begin(history, receivers("old"), failures, options);
      await using _deliverer = deliverer;
      const redact = (text: string) => text.replaceAll("s3cr3t", "***");
      deliverer.setReceivers({ receivers: [], redact });
      record(0, "down");
      deliverer.setReceivers({ receivers: receivers("new"), redact });
      await deliverer.drain(20_000);
    }
    assertEquals(tokens, ["new"]);
    assertStringIncludes(failures[0]!, `commands[0]: Cannot deliver "down" of shop: `);
    assertStringIncludes(failures[0]!, `${folder}/***`);
    assertStringIncludes(failures.at(-1)!, `; given up after ${failures.length} tries`);
    const database = new DatabaseSync(`${folder}/h.db`, { readOnly: true });
    const errors = database.prepare("SELECT error FROM deliveries WHERE error IS NOT NULL").all();
    database.close();
    assertEquals(errors.length, 1);
    assertStringIncludes(failures.at(-1)!, `: ${errors[0]?.["error"]};`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testRows(
  "Deliverer waits at most five minutes between two tries",
  [[200_000, "3m 20s"], [1e9, "5m"]] as const,
  async ([firstWait, wait]) => {
    using _clock = skipWaits();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(null, { status: 500 }),
    );
    using history = new History(":memory:");
    const failures: string[] = [];
    const options = { firstWait, longestWait: 0 };
    const { deliverer, record } = begin(history, [webhook(server)], failures, options);
    await using _deliverer = deliverer;
    record(0, "down");
    await deliverer.drain(10_000);
    assertEquals(failures, [
      `webhooks[0]: Cannot deliver "down" of shop: the answer was 500; the next try is in ${wait}`,
    ]);
  },
);

Deno.test("Deliverer gives up after a time, and continues with the next notice", async () => {
  using _clock = skipWaits();
  const kinds: string[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { kind } = await request.json() as ChangeNotice;
    kinds.push(kind);
    return new Response(null, { status: kind === "down" ? 500 : 200 });
  });
  using history = new History(":memory:");
  const failures: string[] = [];
  const options = { firstWait: 1, giveUpAfter: 3000 };
  const { deliverer, record } = begin(history, [webhook(server)], failures, options);
  await using _deliverer = deliverer;
  record(0, "down");
  record(1, "up");
  await deliverer.drain(20_000);
  assertEquals([kinds.at(-2), kinds.at(-1), kinds.indexOf("up")], ["down", "up", kinds.length - 1]);
  assertStringIncludes(failures.at(-1)!, "; given up after");
  assertEquals(deliverer.unsent(), []);
});

Deno.test("Deliverer delays no check and no other receiver for a dead one, and keeps undelivered notices in the queue", async () => {
  using _clock = skipWaits();
  const received: string[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    received.push((await request.json() as ChangeNotice).kind);
    return new Response();
  });
  // Takes connections and never answers.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const dead: Receiver = {
    type: "webhook",
    place: "webhooks[1]",
    url: `http://127.0.0.1:${(silent.addr as Deno.NetAddr).port}/`,
    headers: {},
  };
  using history = new History(":memory:");
  {
    const { deliverer, record } = begin(history, [dead, webhook(server)]);
    await using _deliverer = deliverer;
    for (let minute = 0; minute < 6; minute++) record(minute, minute % 2 ? "up" : "down");
    assertEquals(received, [], "all are recorded before anything is delivered");
    // The last one was taken only when its answer came.
    const left = () => history.deliveries.next(receiverDigest(webhook(server)));
    while (received.length < 6 || left() !== undefined) await deliverer.drain(20);
    assertEquals(received, ["down", "up", "down", "up", "down", "up"]);
  }
  // The next process begins where this one ended.
  received.length = 0;
  const { deliverer } = begin(history, [webhook(server)]);
  await using _deliverer = deliverer;
  await deliverer.drain(1000);
  assertEquals(received, []);
});

Deno.test("Deliverer runs commands with the facts in their environment", async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    using history = new History(":memory:");
    const failures: string[] = [];
    const script =
      'printf "%s|%s|%s|%s|%s|%s\\n" "$SONDE_CHECK" "$SONDE_KIND" "$SONDE_TAGS" "$SONDE_CAUSE" "$1" ' +
      `"$SONDE_JSON" > ${folder}/out`;
    const { deliverer, record } = begin(history, [
      { type: "command", place: "commands[0]", command: ["/bin/sh", "-c", script, "sh", "arg"] },
      { type: "command", place: "commands[1]", command: ["/bin/sh", "-c", "exit 7"] },
      { type: "command", place: "commands[2]", command: [`${folder}/none`] },
    ], failures);
    await using _deliverer = deliverer;
    record(0, "down");
    await deliverer.drain(20_000);
    assertMatch(
      await Deno.readTextFile(`${folder}/out`),
      /^shop\|down\|web,eu\|refused in connect: nobody there\|arg\|\{"schema":1.*\}\n$/,
    );
    const told = (part: string) => failures.some((failure) => failure.includes(part));
    assert(told('commands[1]: Cannot deliver "down" of shop: /bin/sh ended with code 7;'), failures.join());
    assert(told(`commands[2]: Cannot deliver "down" of shop: `) && told("/none"), failures.join());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Deliverer leaves notices in the queue that have to wait too long, and counts them", async () => {
  using _clock = skipWaits();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    return new Response(null, { status: 500 });
  });
  using history = new History(":memory:");
  const failures: string[] = [];
  const receiver = webhook(server);
  const options = { firstWait: 4, longestWait: 10 };
  const { deliverer, record } = begin(history, [receiver], failures, options);
  await using _deliverer = deliverer;
  record(0, "down");
  record(1, "up");
  // Tried at once, after 4 and 8 ms; the next would be after 16.
  await deliverer.drain(60_000);
  assertEquals(failures.length, 3);
  assertEquals(deliverer.unsent().map(({ place, count }) => [place, count]), [[
    "webhooks[0]",
    2,
  ]]);
});

Deno.test("Deliverers of two processes with one history notify a receiver of each change once", async () => {
  using _clock = skipWaits();
  const received: string[] = [];
  const both = Promise.withResolvers<void>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    received.push((await request.json() as ChangeNotice).kind);
    // Answered after the other process had time to act, too.
    await both.promise;
    return new Response();
  });
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    using first = new History(`${folder}/h.db`);
    using second = new History(`${folder}/h.db`);
    const options = { longestWait: 5000 };
    const one = begin(first, [webhook(server)], [], options);
    const other = begin(second, [webhook(server)], [], options);
    await using _one = one.deliverer;
    await using _other = other.deliverer;
    assertEquals([one.record(0, "up").length, other.record(1, "up").length], [0, 0]);
    assertEquals([one.record(2, "down").length, other.record(3, "down").length], [1, 0]);
    // It leaves notices that the other process has claimed.
    await other.deliverer.drain(10_000);
    assertEquals([one.deliverer.unsent().length, other.deliverer.unsent()], [1, []]);
    both.resolve();
    await one.deliverer.drain(10_000);
    assertEquals([received, one.deliverer.unsent(), other.deliverer.unsent()], [["down"], [], []]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Deliverer does not wait longer because the clock was set back", async () => {
  using _clock = skipWaits();
  let requests = 0;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    requests++;
    return new Response();
  });
  using history = new History(":memory:");
  const receiver = webhook(server);
  const { deliverer, record } = begin(history, [receiver]);
  await using _deliverer = deliverer;
  const redact = (text: string) => text;
  deliverer.setReceivers({ receivers: [], redact });
  record(0, "down");
  const waiting = history.deliveries.next(receiverDigest(receiver))!;
  const due = Date.now() + 7_200_000;
  history.deliveries.settle(waiting.id, { type: "failed", error: "no", due, waiting: "check" });
  deliverer.setReceivers({ receivers: [receiver], redact });
  await deliverer.drain(10_000);
  assertEquals([requests, deliverer.unsent()], [1, []]);
});

Deno.test("Deliverer stops waiting when its signal aborts", async () => {
  using _clock = skipWaits();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(silent.addr as Deno.NetAddr).port}/`;
  using history = new History(":memory:");
  const { deliverer, record } = begin(history, [{ type: "webhook", place: "webhooks[0]", url, headers: {} }]);
  await using _deliverer = deliverer;
  record(0, "down");
  const stop = new AbortController();
  const drained = deliverer.drain(60_000, stop.signal);
  using connection = await silent.accept();
  assert(await connection.read(new Uint8Array(10)) !== null);
  stop.abort();
  await drained;
  await deliverer.drain(60_000, stop.signal);
  assertEquals(deliverer.unsent().map(({ count }) => count), [1]);
});

Deno.test("Deliverer kills a command that ignores SIGTERM", async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    using history = new History(":memory:");
    const script = `trap "" TERM; echo $$ > ${folder}/pid; while :; do sleep 0.05; done`;
    const { deliverer, record } = begin(history, [
      { type: "command", place: "commands[0]", command: ["/bin/sh", "-c", script] },
    ]);
    const watched = Deno.watchFs(folder);
    {
      await using _deliverer = deliverer;
      record(0, "down");
      for await (const { kind } of watched) if (kind === "modify") break;
    }
    const pid = (await Deno.readTextFile(`${folder}/pid`)).trim();
    const { success } = await new Deno.Command("kill", { args: ["-0", pid], stderr: "null" }).output();
    assert(!success);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Deliverer gives back the notice of a receiver that a reload removed", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using end = new ReceivingEnd(() => {
    asked.resolve();
    return answer.promise;
  });
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      await using watch = new RecordedWatch([end.receiver], { path });
      watch.record("shop", 0, "down");
      await asked.promise;
      watch.setReceivers([]);
    }
    answer.resolve(new Response());
    // Another process may deliver it at once.
    assertEquals(query(path, "SELECT claimed, outcome FROM deliveries"), [{ claimed: 0, outcome: null }]);
  });
});
