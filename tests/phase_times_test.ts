import { assertEquals } from "@std/assert";
import { type ExchangeMoments, phaseTimes, withOwnTime } from "../lib/phase_times.ts";
import { stepRows } from "./_test_rows.ts";

const ROWS: readonly (readonly [
  title: string,
  moments: Omit<ExchangeMoments, "startedAt">,
  phases: ReturnType<typeof phaseTimes>,
])[] = [
  ["an answer after the request", { sentAt: 2, firstOctetAt: 5, endedAt: 9 }, {
    send: 2,
    wait: 3,
    receive: 4,
  }],
  ["an answer in one piece", { sentAt: 2, firstOctetAt: 5, endedAt: 5 }, { send: 2, wait: 3, receive: 0 }],
  ["a failure while sending", { endedAt: 9 }, { send: 9 }],
  ["no answer", { sentAt: 2, endedAt: 9 }, { send: 2, wait: 7 }],
  ["a failure in the answer", { sentAt: 2, firstOctetAt: 3, endedAt: 9 }, { send: 2, wait: 1, receive: 6 }],
  ["an answer before all was sent", { sentAt: 6, firstOctetAt: 5, endedAt: 9 }, {
    send: 6,
    wait: 0,
    receive: 3,
  }],
  ["a whole answer before all was sent", { sentAt: 9, firstOctetAt: 5, endedAt: 9 }, {
    send: 9,
    wait: 0,
    receive: 0,
  }],
  ["an answer to a part of the request", { firstOctetAt: 5, endedAt: 9 }, { send: 5, wait: 0, receive: 4 }],
];

for (const [title, moments, phases] of ROWS) {
  Deno.test(`phaseTimes() adds up for ${title}`, { permissions: "none" }, () => {
    const times = phaseTimes({ startedAt: 0, ...moments });
    assertEquals(times, phases);
    const sum = (times.send ?? 0) + (times.wait ?? 0) + (times.receive ?? 0);
    assertEquals(sum, moments.endedAt);
    assertEquals(withOwnTime({ connect: 10, ...times, total: sum + 12 }).own, 2);
  });
}

Deno.test("withOwnTime() ignores a rounding error", { permissions: "none" }, () => {
  assertEquals(withOwnTime({ connect: 0.1, wait: 0.2, total: 0.1 + 0.2 }).own, 0);
  assertEquals(withOwnTime({ connect: 0.3, wait: 0.2, total: 0.4 }).own, 0);
});

Deno.test(
  "withOwnTime() subtracts every phase from the total, and nothing else",
  { permissions: "none" },
  async (test) => {
    const phases = { dns: 1, connect: 2, tls: 4, listen: 8, send: 16, wait: 32, receive: 64 };
    assertEquals(withOwnTime({ ...phases, total: 130 }).own, 3);
    await stepRows(test, Object.entries(phases), ([name, ms]) => {
      assertEquals(withOwnTime({ [name]: ms, total: 130 }).own, 130 - ms, name);
    });
    assertEquals(withOwnTime({ lag: 50, lost: 20, total: 130 }).own, 130);
  },
);
