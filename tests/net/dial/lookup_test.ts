import { assert, assertEquals } from "@std/assert";
import { Deadline } from "../../../lib/net/deadline.ts";
import { lookupAddresses, type LookupOutcome } from "../../../lib/net/dial/lookup.ts";
import { MOST_LOOKUPS } from "../../../lib/net/dial/lookup_slots.ts";
import { testRows } from "../../_test_rows.ts";

Deno.test("lookupAddresses() asks the system", async () => {
  using deadline = new Deadline({ maxTime: 10_000 });
  const found = await lookupAddresses("localhost", deadline, { family: 4 });
  assertEquals(found, { type: "found", addresses: ["127.0.0.1"] });
});

Deno.test("lookupAddresses() keeps the order of the resolver", async () => {
  using deadline = new Deadline();
  const addresses = ["::2", "127.0.0.9", "::1", "127.0.0.1"];
  const found = await lookupAddresses("x", deadline, { resolve: () => Promise.resolve(addresses) });
  assertEquals(found, { type: "found", addresses });
});

Deno.test("lookupAddresses() gives up on a resolver that does not answer", async () => {
  using deadline = new Deadline({ maxTime: 60_000, lag: { lost: 0, isLate: false } });
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const outcome = await lookupAddresses("x", deadline, { limit: 10, resolve: () => promise });
  resolve([]);
  assertEquals(outcome, {
    type: "failed",
    error: {
      kind: "timeout",
      phase: "dns",
      by: "network",
      message: "Cannot look up x: the name lookup took longer than 10 ms",
    },
  });
});

Deno.test("lookupAddresses() limits simultaneous lookups, and does not blame a name that waits for others", async () => {
  const silent: PromiseWithResolvers<string[]>[] = [];
  const lookup = async (answer: () => Promise<string[]>, maxTime = 10_000): Promise<LookupOutcome> => {
    using deadline = new Deadline({ maxTime, lag: { lost: 0, isLate: false } });
    return await lookupAddresses("x", deadline, { resolve: answer });
  };
  // Lookups that stay under way would hold up those of the next tests.
  using _ended = { [Symbol.dispose]: () => silent.forEach(({ resolve }) => resolve([])) };
  const quiet = () => {
    const resolvers = Promise.withResolvers<string[]>();
    silent.push(resolvers);
    return resolvers.promise;
  };
  const abandoned = Array.from({ length: MOST_LOOKUPS }, () => lookup(quiet, 20));
  const errors = (await Promise.all(abandoned)).map((outcome) =>
    outcome.type === "failed" && outcome.error.by
  );
  assert(errors.every((by) => by === "network"));
  // Given up, and still under way.
  assertEquals(silent.length, MOST_LOOKUPS);
  const crowded = await lookup(() => Promise.resolve(["127.0.0.1"]), 20);
  assertEquals(crowded, {
    type: "failed",
    error: {
      kind: "resource",
      phase: "dns",
      by: "local",
      message: `Cannot look up x: it was not asked for in time, as ${MOST_LOOKUPS} lookups were under way, ` +
        "which wait for name servers that do not answer",
    },
  });
  const waiting = lookup(() => Promise.resolve(["127.0.0.1"]));
  silent.pop()?.reject(new Error("no answer"));
  const found = await waiting;
  assertEquals(found.type === "found" && found.addresses, ["127.0.0.1"]);
  assert((found.queued ?? 0) > 0);
  for (const { resolve } of silent) resolve([]);
  const after = await lookup(() => Promise.resolve(["127.0.0.1"]));
  assertEquals(after, { type: "found", addresses: ["127.0.0.1"] });
});

Deno.test("lookupAddresses() reports a name without an address", async () => {
  using deadline = new Deadline();
  const outcome = await lookupAddresses("x", deadline, { family: 6, resolve: () => Promise.resolve([]) });
  const message = "Cannot look up x: the name has no IPv6 address";
  assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by: "target", message } });
});

Deno.test("lookupAddresses() says that a name may have addresses of the other family", async () => {
  using deadline = new Deadline();
  const none = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND" });
  const outcome = await lookupAddresses("x", deadline, { family: 6, resolve: () => Promise.reject(none) });
  const message = "Cannot look up x: the name does not exist (ENOTFOUND), or it has no IPv6 address";
  assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by: "target", message } });
});

testRows(
  "lookupAddresses() distinguishes a name without addresses from one that does not exist",
  [[4, "IPv4 address"], [undefined, "address"]] as const,
  async ([family, which]) => {
    const empty = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND", errno: -3007 });
    using deadline = new Deadline();
    const resolve = () => Promise.reject(empty);
    const outcome = await lookupAddresses("x", deadline, { ...(family && { family }), resolve });
    const message = `Cannot look up x: the name has no ${which} (EAI_NODATA)`;
    assertEquals(outcome, {
      type: "failed",
      error: { kind: "resolve", phase: "dns", by: "target", message },
    });
  },
);

Deno.test("lookupAddresses() blames the name server that does not answer, not the name", async () => {
  using deadline = new Deadline();
  const busy = Object.assign(new Error("getaddrinfo EAI_AGAIN x"), { code: "EAI_AGAIN" });
  const outcome = await lookupAddresses("x", deadline, { resolve: () => Promise.reject(busy) });
  const message = "Cannot look up x: no name server answered, or only that it failed (EAI_AGAIN)";
  assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by: "network", message } });
});

testRows<[host: string, by: "target" | "local", why: string]>(
  "lookupAddresses() distinguishes names that Deno passes to no resolver from names without an address",
  [
    ["a..b.test", "target", "the name does not exist, one of its labels is empty"],
    ["h..", "target", "the name does not exist, one of its labels is empty"],
    [".", "target", "the name does not exist, one of its labels is empty"],
    ["a.".repeat(128), "target", "the name does not exist, it has more than 253 characters"],
    [
      "a!b.test",
      "local",
      'Deno does not look up names that contain "!", give the address with --resolve',
    ],
  ],
  async ([host, by, why]) => {
    const empty = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND", errno: -3007 });
    using deadline = new Deadline();
    const outcome = await lookupAddresses(host, deadline, { resolve: () => Promise.reject(empty) });
    const message = `Cannot look up ${host}: ${why}`;
    assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by, message } });
  },
);
