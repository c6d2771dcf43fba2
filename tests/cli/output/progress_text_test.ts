import { assertEquals } from "@std/assert";
import { formatLeft, formatShare } from "../../../lib/cli/output/progress_text.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[share: number, text: string]>("formatShare() says 100 % only at the end", [
  [0, "0 %"],
  [0.249, "24 %"],
  [0.9999, "99 %"],
  [1, "100 %"],
], ([share, text]) => {
  assertEquals(formatShare(share), text);
}, { permissions: "none" });

testRows<[ms: number | undefined, text: string[]]>(
  "formatLeft() rounds, and never says that nothing is left",
  [
    [undefined, []],
    [0, ["1 s left"]],
    [8_400, ["8 s left"]],
    [61_200, ["1m 1s left"]],
    [124_000, ["2m 5s left"]],
    [1_000_000, ["16m 30s left"]],
    [7_400_000, ["2h 3m left"]],
  ],
  ([ms, text]) => {
    assertEquals(formatLeft(ms), text);
  },
  { permissions: "none" },
);
