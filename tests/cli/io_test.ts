import { assertEquals } from "@std/assert";
import { usableWidth } from "../../lib/cli/io.ts";

Deno.test("usableWidth() takes 80 columns where the terminal knows none", { permissions: "none" }, () => {
  const rows: [columns: number, width: number][] = [[0, 80], [20, 40], [40, 40], [80, 80], [200, 200]];
  for (const [columns, width] of rows) assertEquals(usableWidth(columns), width);
});
