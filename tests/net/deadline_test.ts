import { assert, assertEquals, assertMatch } from "@std/assert";
import { Deadline } from "../../lib/net/deadline.ts";
import { dial } from "../../lib/net/dial/dial.ts";
import type { LostTime } from "../../lib/time/lag.ts";
import type { Fault, Phase, ProbeError } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import { ascii, connectTo, TLS } from "./connect.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** A busy machine holds this process up; that is what the tests of lost time are about, and no others. */
const lag: LostTime = { lost: 0, isLate: false };

/** Enters a phase and waits until it expires. */
function expiry(deadline: Deadline, phase: Phase, limit?: number): Promise<ProbeError> {
  return new Promise((resolve) => deadline.enter(phase, `reach the end of ${phase}`, limit, resolve));
}

const PHASES: readonly (readonly [phase: Phase, by: Fault, why: string])[] = [
  ["dns", "network", "the name lookup took longer than 5 ms"],
  ["connect", "network", "connecting took longer than 5 ms"],
  ["tls", "target", "the TLS handshake took longer than 5 ms"],
  ["send", "target", "the peer took nothing more for 5 ms (--stall-timeout)"],
  ["wait", "target", "no octet came within 5 ms"],
  ["head", "target", "nothing more came for 5 ms (--stall-timeout)"],
  ["body", "target", "nothing more came for 5 ms (--stall-timeout)"],
];

for (const [phase, by, why] of PHASES) {
  Deno.test(`Deadline.enter() limits the phase ${phase}`, async () => {
    using _clock = skipWaits();
    using deadline = new Deadline({ lag });
    const error = await expiry(deadline, phase, 5);
    const message = `Cannot reach the end of ${phase}: ${why}`;
    assertEquals(error, { kind: "timeout", phase, by, message });
    assertEquals(deadline.expired, error);
    assertEquals(deadline.isOver, false);
  });
}

Deno.test("Deadline limits the whole exchange, however many phases it has", async () => {
  using _clock = skipWaits();
  using deadline = new Deadline({ maxTime: 30, lag });
  const start = performance.now();
  deadline.enter("connect", "connect", 60_000, () => {});
  deadline.enter("wait", "wait", 70_000, () => {});
  const error = await expiry(deadline, "body", 80_000);
  const passed = performance.now() - start;
  assert(passed >= 29 && passed < 30_000, `${passed} ms`);
  assertEquals(error.message, "Cannot reach the end of body: the whole exchange took longer than 30 ms");
  assertEquals([deadline.isOver, deadline.remaining], [true, 0]);
  let again: ProbeError | undefined;
  deadline.enter("body", "go on", undefined, (expired) => again = expired);
  assertEquals(again, error, "a phase entered afterwards expires at once");
});

/** The lost time in milliseconds, by the moment from which it counts. */
const LOSSES: readonly (readonly [
  title: string,
  losses: readonly (readonly [from: number, lost: number])[],
  least: number,
  by: string,
  why: RegExp,
])[] = [
  ["nothing", [], 40, "target", /the whole exchange took longer than 40 ms$/],
  [
    "a little",
    [[10, 7]],
    47,
    "target",
    /longer than 40 ms plus 7 ms, added because this process was stopped or busy$/,
  ],
  ["much more than the limit", [[10, 20_000]], 80, "local", /stopped or busy for 20 s of/],
  [
    "more than a fifth",
    [[10, 15]],
    55,
    "local",
    /longer than 40 ms; this process was stopped or busy for 15 ms of/,
  ],
  ["more in the time that was added", [[10, 10], [45, 30]], 70, "local", /busy for 30 ms of/],
  ["as much as the limit", [[10, 40]], 80, "local", /busy for 40 ms of/],
  [
    "more than the limit",
    [[10, 40], [60, 90]],
    80,
    "local",
    /longer than 40 ms; this process was stopped or busy for 90 ms of/,
  ],
];

for (const [title, losses, least, by, why] of LOSSES) {
  Deno.test(`Deadline adds lost time: ${title}`, async () => {
    using _clock = skipWaits();
    const start = performance.now();
    const lag = {
      get lost(): number {
        return losses.findLast(([from]) => performance.now() - start >= from)?.[1] ?? 0;
      },
      isLate: false,
    };
    using deadline = new Deadline({ maxTime: 40, since: start, lag });
    const { kind, by: blamed, message } = await expiry(deadline, "wait");
    const passed = performance.now() - start;
    assertEquals([kind, blamed], ["timeout", by]);
    assertMatch(message, why);
    assert(passed >= least - 1 && passed < 15_000, `${passed} ms`);
  });
}

Deno.test("Deadline blames the target, not this machine, if octets arrived just before the limit", async () => {
  using _clock = skipWaits();
  const start = performance.now();
  const lag = { lost: 0, isLate: false };
  using deadline = new Deadline({ maxTime: 400, since: start, lag });
  const error = expiry(deadline, "body");
  lag.lost = 200;
  const hearing = setInterval(() => deadline.hear(performance.now()), 1);
  const { by, message } = await error.finally(() => clearInterval(hearing));
  assertEquals(by, "target");
  assertMatch(message, / plus 200 ms, added because/);
});

Deno.test("Deadline adds lost time up to the allowance", async () => {
  using _clock = skipWaits();
  const start = performance.now();
  const lag = { lost: 90, isLate: false };
  using deadline = new Deadline({ maxTime: 40, since: start, lag, lostTimeAllowance: 3 });
  const { by, message } = await expiry(deadline, "wait");
  assertEquals(by, "target");
  assertMatch(message, / plus 90 ms, added because/);
  assert(performance.now() - start >= 129, `${performance.now() - start} ms`);
});

Deno.test("Deadline looks for octets that arrived while the loop was late", async () => {
  using _clock = skipWaits();
  let lost = 0;
  using deadline = new Deadline({
    maxTime: 20,
    lag: {
      get lost(): number {
        return lost;
      },
      isLate: true,
    },
  });
  let expired: ProbeError | undefined;
  deadline.enter("wait", "get an answer", undefined, (error) => expired = error);
  // The answer and the end of the time come in the same turn: the timer is first, and the answer counts.
  const arrived = Promise.withResolvers<void>();
  lost = 500;
  for (const end = performance.now() + 60; performance.now() < end;);
  setImmediate(arrived.resolve);
  await arrived.promise;
  deadline.leave();
  assertEquals([expired, deadline.expired], [undefined, undefined]);
});

Deno.test("Deadline allows another phase after one exceeded its limit", async () => {
  using _clock = skipWaits();
  using deadline = new Deadline({ maxTime: 10_000 });
  await expiry(deadline, "connect", 1);
  let expired = false;
  deadline.enter("connect", "connect to the next", 5_000, () => expired = true);
  assertEquals([expired, deadline.expired], [false, undefined]);
  deadline.leave();
});

Deno.test("Deadline does not expire between phases", async () => {
  using _clock = skipWaits();
  using deadline = new Deadline({ maxTime: 5, lag });
  deadline.enter("connect", "connect", undefined, () => {});
  deadline.leave();
  const passed = Promise.withResolvers<void>();
  setTimeout(passed.resolve, 20);
  await passed.promise;
  assertEquals(deadline.expired, undefined);
  assertEquals((await expiry(deadline, "wait")).kind, "timeout");
});

Deno.test("Deadline sets its timer earlier for a shorter phase, and later for a longer one", async () => {
  using _clock = skipWaits();
  using deadline = new Deadline({ maxTime: 90_000 });
  deadline.enter("connect", "connect", 60_000, () => {});
  const start = performance.now();
  await expiry(deadline, "wait", 10);
  deadline.enter("head", "read the head", 5, () => {});
  assertEquals((await expiry(deadline, "body", 40)).phase, "body");
  const passed = performance.now() - start;
  assert(passed >= 49 && passed < 30_000, `${passed} ms`);
});

for (
  const [reason, text] of [
    [undefined, "Cannot reach the end of wait: aborted"],
    [new Error("had enough"), "Cannot reach the end of wait: aborted (had enough)"],
  ] as const
) {
  Deno.test(`Deadline says "${text}"`, async () => {
    using _clock = skipWaits();
    const stop = new AbortController();
    using deadline = new Deadline({ signal: stop.signal, maxTime: 10_000 });
    const error = expiry(deadline, "wait");
    stop.abort(reason);
    assertEquals(await error, { kind: "aborted", phase: "wait", by: "local", message: text });
    assertEquals(deadline.isOver, true);
  });
}

Deno.test("dial() gives up if its signal is already aborted", async (test) => {
  using _clock = skipWaits();
  const stop = new AbortController();
  stop.abort();
  await stepRows(test, [["localhost", "dns"], ["127.0.0.1", "connect"]] as const, async ([host, phase]) => {
    using deadline = new Deadline({ signal: stop.signal });
    const { error } = await dial({ host, port: 9 }, deadline);
    assertEquals([error?.kind, error?.phase, error?.by], ["aborted", phase, "local"]);
  });
});

Deno.test("dial() gives up on a lookup that takes too long", async () => {
  using _clock = skipWaits();
  using deadline = new Deadline({ lag });
  const { error, timings } = await dial({ host: "localhost", port: 9 }, deadline, { dnsTimeout: 0 });
  assertEquals([error?.kind, error?.phase, error?.by], ["timeout", "dns", "network"]);
  assertEquals(timings.connect, undefined);
});

/** A port with a full queue of connections, so the system drops further ones. */
async function fullPort(): Promise<{ port: number } & Disposable> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const waiting: Deno.Conn[] = [];
  const stop = new AbortController();
  // Three connections fill it within a moment, and the fourth waits in vain.
  const timer = setTimeout(() => stop.abort(), 200);
  try {
    for (;;) waiting.push(await Deno.connect({ hostname: "127.0.0.1", port, signal: stop.signal }));
  } catch {
    // The queue is full now: the last connect was aborted.
  }
  clearTimeout(timer);
  return {
    port,
    [Symbol.dispose]: () => {
      listener.close();
      for (const conn of waiting) conn.close();
    },
  };
}

Deno.test("dial() gives up on a connect that takes too long, and tries the next address", async () => {
  using _clock = skipWaits();
  using full = await fullPort();
  using deadline = new Deadline({ maxTime: 60_000, lag });
  const { error, tries } = await dial(
    { host: "x", port: full.port, addresses: ["127.0.0.1", "127.0.0.2"] },
    deadline,
    { connectTimeout: 50 },
  );
  assertEquals(tries.map(({ error }) => [error?.kind, error?.by]), [["timeout", "network"], [
    "refused",
    "target",
  ]]);
  assert((tries[0]?.ms ?? 0) >= 49);
  assertEquals(error?.kind, "refused");
});

Deno.test("dial() gives up on a connect when the whole time is over, without trying the next address", async () => {
  using _clock = skipWaits();
  using full = await fullPort();
  using deadline = new Deadline({ maxTime: 50, lag });
  const { error, tries } = await dial(
    { host: "x", port: full.port, addresses: ["127.0.0.1", "127.0.0.2"] },
    deadline,
  );
  assertEquals([error?.kind, error?.phase, tries.length], ["timeout", "connect", 1]);
  assertMatch(error?.message ?? "", /the whole exchange took longer than 50 ms; 1 of 2 addresses tried$/);
});

Deno.test("dial() stops connecting when it is aborted", async () => {
  using _clock = skipWaits();
  using full = await fullPort();
  const stop = new AbortController();
  using deadline = new Deadline({ signal: stop.signal, maxTime: 5_000 });
  const dialling = dial({ host: "127.0.0.1", port: full.port }, deadline);
  stop.abort();
  assertEquals((await dialling).error?.kind, "aborted");
});

Deno.test("dial() gives up on a handshake that stalls", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([{ stall: true }]);
  using deadline = new Deadline({ maxTime: 60_000, lag });
  const request = { host: "127.0.0.1", port: peer.port, tls: TLS };
  const { error, timings } = await dial(request, deadline, { tlsTimeout: 50 });
  assertEquals([error?.kind, error?.phase, error?.by], ["timeout", "tls", "target"]);
  assert((timings.tls ?? 0) >= 49);
  await (await peer.connection(0)).gone;
});

Deno.test("dial() gives up on a handshake that arrives octet by octet", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([{ drip: "\x16\x03\x03\x40\x00".padEnd(2_000, "\x00"), every: 5 }]);
  using deadline = new Deadline({ maxTime: 60, lag });
  const { error } = await dial({ host: "127.0.0.1", port: peer.port, tls: TLS }, deadline);
  assertEquals([error?.kind, error?.phase, error?.by], ["timeout", "tls", "target"]);
  await (await peer.connection(0)).gone;
});

for (const tls of [undefined, TLS]) {
  Deno.test(`Deadline ends reading from a peer that drips${tls ? " over TLS" : ""}`, async () => {
    using _clock = skipWaits();
    await using peer = await startPeer(
      [{ expect: "go" }, { drip: "x".repeat(2_000), every: 5 }],
      tls ? { tls: { certificate: "good" } } : {},
    );
    using connection = await connectTo(peer, tls ? { tls } : {});
    await connection.write(ascii("go"));
    using deadline = new Deadline({ maxTime: 60, lag });
    deadline.enter("body", "read the body", undefined, () => connection.close());
    let outcome = await connection.read();
    while (outcome.type === "data") outcome = await connection.read();
    assertEquals(outcome, { type: "closed" });
    assertEquals([deadline.expired?.kind, deadline.expired?.by], ["timeout", "target"]);
  });
}
