import { assertEquals } from "@std/assert";
import { RunMeter } from "../../lib/batch/run_meter.ts";

const PURE = { permissions: "none" } as const;

Deno.test("RunMeter counts each try once, and none without a result", PURE, () => {
  let now = 0;
  const meter = new RunMeter({ now: () => now });
  meter.begin()(false);
  const end = meter.begin();
  now = 10;
  end(true);
  end(true);
  const { started, ended, running } = meter;
  assertEquals([started, ended, running, meter.meanDuration(1)], [1, 1, 0, 10]);
});

Deno.test(
  "RunMeter.meanDuration() counts the tries that started last, with the rest of the running ones",
  PURE,
  () => {
    let now = 0;
    const meter = new RunMeter({ now: () => now });
    for (const duration of [...Array<number>(64).fill(1_000), ...Array<number>(64).fill(100)]) {
      const end = meter.begin();
      now += duration;
      end(true);
    }
    assertEquals(meter.meanDuration(64), 100);
    assertEquals(meter.meanDuration(128), 550);
  },
);
