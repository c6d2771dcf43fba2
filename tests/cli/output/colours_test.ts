import { assertEquals } from "@std/assert";
import { paintFor } from "../../../lib/cli/output/colours.ts";
import { plain, type Style } from "../../../lib/text/paint.ts";
import { runScript } from "../../_process.ts";
import { testRows } from "../../_test_rows.ts";

Deno.test("paint() gives each style its colour", async () => {
  const styles: readonly Style[] = [
    "heading",
    "dim",
    "name",
    "good",
    "notice",
    "warning",
    "bad",
    "blue",
    "magenta",
  ];
  const script = `const paint = await it.loadPaint();
    console.log(JSON.stringify(${
    JSON.stringify(styles)
  }.map((style) => paint(style, "x") + paint(style, ""))));`;
  const { stdout, stderr } = await runScript("lib/cli/output/colours.ts", script, { NO_COLOR: "" });
  assertEquals(stderr, "");
  assertEquals(JSON.parse(stdout), [
    "\x1b[1mx\x1b[22m",
    "\x1b[2mx\x1b[22m",
    "\x1b[36mx\x1b[39m",
    "\x1b[32mx\x1b[39m",
    "\x1b[36mx\x1b[39m",
    "\x1b[33mx\x1b[39m",
    "\x1b[1m\x1b[31mx\x1b[39m\x1b[22m",
    "\x1b[94mx\x1b[39m",
    "\x1b[35mx\x1b[39m",
  ]);
});

testRows<[name: string, terminal: boolean, noColor: boolean]>("paint() leaves text plain without colour", [
  ["where nobody sits at a terminal", false, false],
  ["with --no-color", true, true],
], async ([, terminal, noColor]) => {
  assertEquals(await paintFor({ terminal }, { noColor }), plain);
});
