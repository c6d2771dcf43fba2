import { assertEquals } from "@std/assert";
import { retryDelay } from "../../lib/batch/retry_rules.ts";

Deno.test(
  "retryDelay() doubles from 250 ms up to 30 s, with a jitter of a quarter",
  { permissions: "none" },
  () => {
    const { random } = Math;
    const waits = (chance: number) => {
      Math.random = () => chance;
      return [1, 2, 3, 7, 8, 9, 50].map(retryDelay);
    };
    try {
      assertEquals(waits(0.5), [250, 500, 1_000, 16_000, 30_000, 30_000, 30_000]);
      assertEquals(waits(0), [187.5, 375, 750, 12_000, 22_500, 22_500, 22_500]);
      assertEquals(waits(1), [312.5, 625, 1_250, 20_000, 37_500, 37_500, 37_500]);
    } finally {
      Math.random = random;
    }
  },
);
