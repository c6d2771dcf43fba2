import { assertEquals } from "@std/assert";
import type { Timings } from "../../../lib/result.ts";
import { layOutTimings } from "../../../lib/report/text/timing.ts";
import { plainResult } from "../_samples.ts";
import { testView } from "./_view.ts";
import { testRows } from "../../_test_rows.ts";

function waterfall(timings: Timings, view = testView({ width: 21 + 8 })): string[] {
  return layOutTimings(plainResult({ timings }), view);
}

Deno.test("layOutTimings() begins each bar at the end of the previous one", { permissions: "none" }, () => {
  assertEquals(waterfall({ connect: 2, wait: 4, receive: 2, total: 8 }), [
    "timing",
    "  connect      2 ms  ██",
    "  wait         4 ms    ████",
    "  receive      2 ms        ██",
    "  total        8 ms",
  ]);
});

Deno.test(
  "layOutTimings() draws half columns, and at least one for every phase",
  { permissions: "none" },
  () => {
    assertEquals(waterfall({ dns: 1, connect: 2, tls: 0, send: 0.001, wait: 5, receive: 0, total: 8 }), [
      "timing",
      "  dns          1 ms  █",
      "  connect      2 ms   ██",
      "  tls          0 ms     ▌",
      "  send         0 ms     ▌",
      "  wait         5 ms     █████",
      "  receive      0 ms         ▐",
      "  total        8 ms",
    ]);
    assertEquals(waterfall({ send: 1, wait: 14, receive: 1, total: 16 }).slice(1, 4), [
      "  send         1 ms  ▌",
      "  wait        14 ms  ▐██████▌",
      "  receive      1 ms         ▐",
    ]);
  },
);

Deno.test("layOutTimings() leaves room for time that no phase accounts for", { permissions: "none" }, () => {
  assertEquals(waterfall({ wait: 4, total: 8 })[1], "  wait         4 ms  ████");
});

Deno.test("layOutTimings() shows the time that sonde itself needed", { permissions: "none" }, () => {
  assertEquals(waterfall({ wait: 4, own: 4, total: 8 }, testView({ width: 25 + 8 })), [
    "timing",
    "  wait             4 ms  ████",
    "  sonde itself     4 ms      ████",
    "  total            8 ms",
  ]);
});

Deno.test(
  "layOutTimings() shows only figures if bars have no room or no length",
  { permissions: "none" },
  () => {
    const timings = { wait: 4, total: 4 };
    assertEquals(waterfall(timings, testView({ width: 28 }))[1], "  wait         4 ms");
    assertEquals(waterfall({ wait: 0, total: 0 })[1], "  wait         0 ms");
    assertEquals(
      waterfall(timings, testView({ width: Infinity }))[1],
      `  wait         4 ms  ${"█".repeat(59)}`,
    );
  },
);

testRows<[lag: number, total: number, verbose: boolean, told: boolean]>(
  "layOutTimings() reports a delayed event loop if it matters or when verbose",
  [
    [2, 10, false, true],
    [2, 100, false, false],
    [2, 100, true, true],
    [0, 10, true, false],
  ],
  ([lag, total, verbose, told]) => {
    const note = "  this process itself was held up by up to 2 ms: figures may be that much too";
    const lines = waterfall({ total, lag }, testView({ verbose }));
    assertEquals(lines.includes(note), told, `${lag} of ${total}`);
  },
  {
    permissions: "none",
  },
);

testRows<[lag: number, lost: number, note: string]>(
  "layOutTimings() names the longest delay only if it differs from all of them",
  [
    [2, 4, "  this process itself was held up by up to 4 ms in total, and by 2 ms at one"],
    [16.91, 16.92, "  this process itself was held up by up to 16.9 ms: figures may be that much too"],
  ],
  ([lag, lost, note]) => {
    const lines = waterfall({ total: 20, lag, lost }, testView());
    assertEquals(lines.filter((line) => line.includes("held up")), [note]);
  },
  { permissions: "none" },
);
