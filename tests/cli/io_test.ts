import { assertEquals } from "@std/assert";
import { usableWidth } from "../../lib/cli/io.ts";
import { testRows } from "../_test_rows.ts";

testRows<[columns: number, width: number]>("usableWidth() is 80 columns if the terminal reports no width", [
  [0, 80],
  [20, 40],
  [40, 40],
  [80, 80],
  [200, 200],
], ([columns, width]) => {
  assertEquals(usableWidth(columns), width);
}, { permissions: "none" });
