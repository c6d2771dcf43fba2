import { assertEquals } from "@std/assert";
import { setImmediate } from "node:timers";
import type { JobOptions } from "../../lib/batch/batch_options.ts";
import { connectionsOf, retainedSize, tryTarget } from "../../lib/batch/try_target.ts";
import { startPeer } from "../peer/peer.ts";
import { goodResult, plainResult, refusedResult } from "../report/_samples.ts";
import { stopClock } from "../_stopped_clock.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const CONTEXT = { attempts: [], starvedTries: 0, active: 1, signal: new AbortController().signal };

/** Gives the addresses into which a target is split, or the type of its outcome if it is not split. */
async function addressesOf(url: string, options: JobOptions): Promise<unknown> {
  const outcome = await tryTarget(url, { allAddresses: true, ...options }, CONTEXT);
  if (outcome.type !== "jobs") return outcome.type;
  return outcome.jobs.map((job) => typeof job === "object" && "address" in job ? job.address : job);
}

Deno.test("tryTarget() splits a name into its distinct addresses", async (test) => {
  const resolve = (...addresses: string[]) => ({ resolve: [{ host: "a.test", port: 80, addresses }] });
  const rows: [options: JobOptions, addresses: unknown][] = [
    [resolve("127.0.0.1", "127.0.0.2"), ["127.0.0.1", "127.0.0.2"]],
    [resolve("127.0.0.1", "127.0.0.2", "127.0.0.1"), ["127.0.0.1", "127.0.0.2"]],
    [{ ...resolve("127.0.0.1", "::1"), family: 6 }, ["::1"]],
    [{ ...resolve("127.0.0.1", "127.0.0.2"), skipAddress: ({ address }) => address === "127.0.0.1" }, [
      "127.0.0.2",
    ]],
  ];
  await stepRows(test, rows, async ([options, addresses]) => {
    assertEquals(await addressesOf("http://a.test/", options), addresses, JSON.stringify(options));
  });
});

Deno.test("tryTarget() reports the number of addresses of a name, including skipped ones", async () => {
  const told: number[] = [];
  await addressesOf("http://a.test/", {
    resolve: [{ host: "a.test", port: 80, addresses: ["127.0.0.1", "127.0.0.2", "127.0.0.2"] }],
    skipAddress: () => true,
    onAddresses: (count) => told.push(count),
  });
  assertEquals(told, [2]);
});

Deno.test(
  "connectionsOf() estimates the number of connections that a target opens",
  { permissions: "none" },
  async (test) => {
    const enrich: NonNullable<JobOptions["enrich"]> = (result) => Promise.resolve(result);
    const rows: [url: string, options: JobOptions, count: number][] = [
      ["http://a.test/", {}, 1],
      ["a.test", {}, 2],
      ["http://a.test/", { maxRedirects: 5 }, 2],
      ["http://a.test/", { maxRedirects: 0 }, 1],
      ["a.test", { maxRedirects: 5, enrich }, 4],
    ];
    await stepRows(test, rows, ([url, options, count]) => {
      assertEquals(connectionsOf(url, options), count, url);
    });
    assertEquals(connectionsOf({ input: "?", problem: "it is none" }, { maxRedirects: 5 }), 1);
  },
);

testRows(
  "tryTarget() gives a target the lost time if its previous try had no time",
  [[0, "local"], [5, "target"]] as const,
  async ([starvedTries, by]) => {
    using clock = stopClock();
    await using peer = await startPeer([[{ expect: "\r\n\r\n" }, { stall: true }]]);
    const trying = tryTarget(`http://127.0.0.1:${peer.port}/`, { maxTime: 100 }, {
      ...CONTEXT,
      starvedTries,
    });
    let isOver = false;
    const over = trying.finally(() => isOver = true);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    while (peer.connections[0]?.received.endsWith("\r\n\r\n") !== true) await turn();
    // The machine is busy for 300 ms, and then has nothing else to do.
    clock.pass(20);
    clock.pass(300);
    for (; !isOver; await turn()) clock.pass(20);
    const outcome = await over;
    if (outcome.type !== "row") throw new Error(outcome.type);
    assertEquals([outcome.error?.kind, outcome.error?.by], ["timeout", by], `${starvedTries}`);
  },
);

Deno.test(
  "retainedSize() counts the content of a row and of the redirects before it",
  { permissions: "none" },
  () => {
    const { body } = goodResult();
    const withText = (text: string) => ({ body: { ...body!, text } });
    assertEquals(retainedSize(goodResult()), 0);
    assertEquals(retainedSize(refusedResult()), 0);
    assertEquals(retainedSize(goodResult(withText("12345"))), 5);
    const redirects = [plainResult(withText("123")), plainResult(), plainResult(withText("12"))];
    assertEquals(retainedSize(goodResult({ redirects })), 5);
    assertEquals(retainedSize(goodResult({ ...withText("1234567"), redirects })), 12);
  },
);
