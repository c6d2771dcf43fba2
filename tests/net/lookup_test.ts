import { assertEquals } from "@std/assert";
import { Deadline } from "../../lib/net/deadline.ts";
import { lookupAddresses } from "../../lib/net/lookup.ts";

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
  using deadline = new Deadline({ maxTime: 10_000 });
  const outcome = await lookupAddresses("x", deadline, { limit: 10, resolve: () => new Promise(() => {}) });
  assertEquals(outcome, {
    type: "failed",
    error: {
      kind: "timeout",
      phase: "dns",
      by: "network",
      message: "Cannot look up x: no success within 10ms, the limit of the name lookup",
    },
  });
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
  const message = "Cannot look up x: no such name (ENOTFOUND), or it has no IPv6 address";
  assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by: "target", message } });
});

Deno.test("lookupAddresses() tells a name without addresses from one that does not exist", async () => {
  const empty = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND", errno: -3007 });
  for (const [family, which] of [[4, "IPv4 address"], [undefined, "address"]] as const) {
    using deadline = new Deadline();
    const resolve = () => Promise.reject(empty);
    const outcome = await lookupAddresses("x", deadline, { ...(family && { family }), resolve });
    const message = `Cannot look up x: the name has no ${which} (EAI_NODATA)`;
    assertEquals(outcome, {
      type: "failed",
      error: { kind: "resolve", phase: "dns", by: "target", message },
    });
  }
});

Deno.test("lookupAddresses() blames the name server that does not answer, not the name", async () => {
  using deadline = new Deadline();
  const busy = Object.assign(new Error("getaddrinfo EAI_AGAIN x"), { code: "EAI_AGAIN" });
  const outcome = await lookupAddresses("x", deadline, { resolve: () => Promise.reject(busy) });
  const message = "Cannot look up x: no name server answered, or only that it failed (EAI_AGAIN)";
  assertEquals(outcome, { type: "failed", error: { kind: "resolve", phase: "dns", by: "network", message } });
});
