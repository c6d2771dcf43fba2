import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import type { ColorChoice } from "../../../lib/cli/output/color_choice.ts";
import { paintFor, paintWithSgr } from "../../../lib/cli/output/colours.ts";
import { plain, type Style } from "../../../lib/text/paint.ts";
import { runScript } from "../../_process.ts";
import { testRows } from "../../_test_rows.ts";

const STYLES: readonly Style[] = [
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

/** Reads a sequence such as `ESC [ 1;38;5;161 m`: bold or not, and a colour of the palette or none. */
const SEQUENCE = /^␛\[(?<bold>1)?;?(?:38;5;(?<colour>\d+))?mx␛\[(?<end>22;39|22|39)m$/;

/** Gives the relative luminance (WCAG 2) of a colour of the cube or the greys of the palette. */
function luminance(colour: number): number {
  const level = (index: number): number => index === 0 ? 0 : 55 + 40 * index;
  const cube = colour - 16;
  const grey = 8 + 10 * (colour - 232);
  const parts = colour >= 232
    ? [grey, grey, grey]
    : [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

testRows("each style can be read on black and on white, and ends what it begins", STYLES, (style) => {
  const painted = paintWithSgr(style, "x");
  const { bold, colour, end } = SEQUENCE.exec(painted.replaceAll("\x1b", "␛"))?.groups ?? {};
  assertEquals(end, [bold && "22", colour && "39"].filter((part) => part !== undefined).join(";"), painted);
  assertEquals(paintWithSgr(style, ""), "");
  if (colour === undefined) return;
  // The first sixteen colours are those of the user's terminal: nobody knows their contrast.
  assertGreaterOrEqual(Number(colour), 16);
  const light = luminance(Number(colour)) + 0.05;
  assertGreaterOrEqual(Math.min(light / 0.05, 1.05 / light), 4, style);
});

testRows<[name: string, terminal: boolean, color: ColorChoice]>("paintFor() leaves text plain", [
  ["where nobody sits at a terminal", false, "auto"],
  ["with --color never", true, "never"],
], ([, terminal, color]) => {
  assertEquals(paintFor({ terminal }, { color }), plain);
});

testRows<[env: string, terminal: boolean, color: ColorChoice, text: string]>(
  "paintFor() obeys NO_COLOR, and --color even more",
  [
    ["", true, "auto", "\x1b[1mx\x1b[22m"],
    ["1", true, "auto", "x"],
    ["1", true, "always", "\x1b[1mx\x1b[22m"],
    ["1", false, "always", "\x1b[1mx\x1b[22m"],
  ],
  async ([env, terminal, color, text]) => {
    const script = `const paint = it.paintFor({ terminal: ${terminal} }, { color: "${color}" });
      console.log(JSON.stringify(paint("heading", "x")));`;
    const { stdout, stderr } = await runScript("lib/cli/output/colours.ts", script, { NO_COLOR: env });
    assertEquals([JSON.parse(stdout), stderr], [text, ""]);
  },
);
