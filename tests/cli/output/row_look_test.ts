import { assertEquals } from "@std/assert";
import type { CommandIo } from "../../../lib/cli/io.ts";
import type { Output } from "../../../lib/cli/output/output.ts";
import { chooseRowLook } from "../../../lib/cli/output/row_look.ts";
import { plain } from "../../../lib/text/paint.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[terminal: boolean, widths: number[]]>(
  "chooseRowLook() follows the width of a terminal, and gives programs one line for each row",
  [
    [true, [80, 40]],
    [false, [Infinity, Infinity]],
  ],
  async ([terminal, widths]) => {
    const io = { width: 80, paintFor: () => Promise.resolve(plain) };
    const look = await chooseRowLook({ terminal } as Output, io as unknown as CommandIo);
    const before = look.width;
    io.width = 40;
    assertEquals([before, look.width], widths);
  },
  { permissions: "none" },
);
