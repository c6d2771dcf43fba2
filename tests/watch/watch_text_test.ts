import { assertEquals } from "@std/assert";
import type { ChangeNotice } from "../../lib/watch/delivery/change_notice.ts";
import { formatChange, formatCheckRun } from "../../lib/watch/watch_text.ts";
import { runAt } from "./_samples.ts";
import { runsOf, simulate } from "./state/_follow.ts";
import { testRows } from "../_test_rows.ts";

const VIEW = { width: 100 };

function change(changes: Partial<ChangeNotice>): ChangeNotice {
  return {
    schema: 1,
    check: "shop",
    url: "http://a.test/",
    tags: [],
    title: "shop is down: refused",
    kind: "down",
    at: "2026-03-01T12:05:00.000Z",
    from: "up",
    to: "down",
    since: "2026-03-01T12:05:00.000Z",
    cause: "refused",
    status: null,
    total: 5,
    ...changes,
  };
}

testRows<[changes: Partial<ChangeNotice>, line: string]>(
  "formatChange() shows the start of a condition if it began before it was confirmed",
  [
    [{}, "2026-03-01 12:05:00  DOWN  shop"],
    [
      { since: "2026-03-01T12:02:30.000Z" },
      "2026-03-01 12:05:00  DOWN  shop, since 2026-03-01 12:02:30 (2m 30s)",
    ],
    // A change that leaves the older condition as it is.
    [
      { kind: "certificate-soon", from: "up", to: "up", since: "2026-03-01T11:00:00.000Z" },
      "2026-03-01 12:05:00  CERTIFICATE  shop",
    ],
    // The clock was set back.
    [{ since: "2026-03-01T12:09:00.000Z" }, "2026-03-01 12:05:00  DOWN  shop"],
  ],
  ([changes, line]) => {
    assertEquals(formatChange(change(changes), VIEW).split("\n"), [line, `${" ".repeat(21)}refused`]);
  },
  {
    permissions: "none",
  },
);

Deno.test("formatCheckRun() shows the number of retries, and the cause of a failure", {
  permissions: "none",
}, () => {
  const lines = (retries: number, verdict: "up" | "down" | "degraded" | "unknown") =>
    formatCheckRun({ ...runAt(0, verdict), check: "shop", retries }, VIEW).split("\n");
  assertEquals(lines(0, "up"), ["up       200   150 ms  shop"]);
  assertEquals(lines(1, "up")[0]?.endsWith("shop (after 1 more try)"), true);
  assertEquals(lines(2, "up")[0]?.endsWith("shop (after 2 more tries)"), true);
  assertEquals([lines(0, "down").length, lines(0, "down")[0]?.slice(0, 9)], [2, "DOWN     "]);
  assertEquals(lines(0, "down")[1]?.trim(), "refused in connect: nobody there");
  assertEquals(lines(0, "degraded")[1]?.trim(), "not timings.total < 1ms (found 5 ms)");
  assertEquals(lines(0, "unknown")[1]?.trim(), "resource in connect: nobody there");
});

Deno.test("formatCheckRun() marks a run in maintenance, and names the check that another one depends on", {
  permissions: "none",
}, () => {
  const down = { ...runAt(0, "down"), check: "shop" };
  assertEquals(
    formatCheckRun({ ...down, excluded: "maintenance" }, VIEW).split("\n")[0]?.endsWith(
      "shop (in maintenance)",
    ),
    true,
  );
  assertEquals(formatCheckRun({ ...down, verdict: "unknown", reason: "gateway is down" }, VIEW).split("\n"), [
    "unknown  200   150 ms  shop",
    "         gateway is down",
  ]);
});

Deno.test("formatChange() says once what an error was", { permissions: "none" }, () => {
  const cause = "refused in connect: Cannot connect to a.test:80: refused";
  assertEquals(
    formatChange(change({ cause }), VIEW).split("\n")[1]?.trim(),
    "Cannot connect to a.test:80: refused",
  );
});

const OUTAGE = { start: "2026-03-01T11:53:00.000Z", ms: 720_000, cause: "refused" };

testRows<[changes: Partial<ChangeNotice>, lines: string[]]>(
  "formatChange() says for how long a check was not up, and why",
  [
    [{ kind: "up", from: "down", to: "up", cause: "status 200", outage: OUTAGE }, [
      "was down for 12m: refused",
    ]],
    [{ kind: "up", from: "degraded", to: "up", cause: "status 200", outage: { ...OUTAGE, mixed: true } }, [
      "was not up for 12m, down at times: refused",
    ]],
    [
      { kind: "up", from: "down", to: "up", cause: "status 200", outage: { ...OUTAGE, unobserved: 600_000 } },
      [
        "was down for 12m, 10m of it not observed: refused",
      ],
    ],
    [{ kind: "degraded", from: "down", to: "degraded", cause: "slow", outage: OUTAGE }, [
      "slow",
      "was down for 12m: refused",
    ]],
    [{ kind: "steady", from: "up", to: "up", cause: "status 200", outage: OUTAGE }, [
      "up after 12m, last fault: refused",
    ]],
    [{ kind: "steady", from: "down", to: "down", cause: "reset", outage: OUTAGE }, ["down for 12m: reset"]],
    [{ kind: "reminder", from: "down", to: "down", cause: "reset", outage: OUTAGE }, ["down for 12m: reset"]],
  ],
  ([changes, lines]) => {
    assertEquals(formatChange(change(changes), VIEW).split("\n").slice(1).map((line) => line.trim()), lines);
  },
  { permissions: "none" },
);

testRows<[letters: string, end: string]>(
  "formatCheckRun() shows a state that the verdict does not show:",
  [
    ["u", "shop"],
    ["ud", "shop (failing, 1 of 3 runs)"],
    ["udd", "shop (failing, 2 of 3 runs)"],
    ["uddd", "shop"],
    ["dddu", "shop"],
    ["udududud", "shop (flapping)"],
  ],
  ([letters, end]) => {
    const { state } = simulate(runsOf(letters), { thresholds: { failures: 3, successes: 2, flapping: 6 } });
    const run = { ...runAt(0, "up"), check: "shop", state };
    assertEquals(formatCheckRun(run, VIEW).split("  ").at(-1), end);
  },
  { permissions: "none" },
);

testRows<[changes: Partial<ChangeNotice>, line: string]>(
  "formatChange() is one line for a program",
  [
    [{}, "2026-03-01 12:05:00  DOWN  shop (refused)"],
    [
      { since: "2026-03-01T12:02:30.000Z" },
      "2026-03-01 12:05:00  DOWN  shop, since 2026-03-01 12:02:30 (2m 30s) (refused)",
    ],
    [
      { kind: "degraded", from: "down", to: "degraded", cause: "slow\nslower", outage: OUTAGE },
      "2026-03-01 12:05:00  DEGRADED  shop (slow\\nslower) (was down for 12m: refused)",
    ],
  ],
  ([changes, line]) => assertEquals(formatChange(change(changes), { width: Infinity }), line),
  { permissions: "none" },
);

testRows<[width: number, lines: string[]]>(
  "formatCheckRun() keeps a URL whole, and is one line for a program",
  [
    [40, [
      "DOWN     200   150 ms",
      "  https://shop.example.test/a/long/path",
      "         refused in connect: nobody",
      "         there",
    ]],
    [Infinity, [
      "DOWN     200   150 ms  https://shop.example.test/a/long/path (refused in connect: nobody there)",
    ]],
  ],
  ([width, lines]) => {
    const run = { ...runAt(0, "down"), check: "https://shop.example.test/a/long/path" };
    assertEquals(formatCheckRun(run, { width }).split("\n"), lines);
  },
  { permissions: "none" },
);
