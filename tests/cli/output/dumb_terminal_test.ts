import { assertEquals, assertMatch } from "@std/assert";
import { HAS_TERMINAL, onTerminal } from "../../_terminal.ts";
import { testRows } from "../../_test_rows.ts";

const CLI = new URL("../../../cli.ts", import.meta.url).href;

testRows<[args: string, term: string, code: number, coloured: boolean]>(
  "a terminal with TERM=dumb gets control sequences only with --color always",
  [
    ["--help", "dumb", 0, false],
    ["--help", "xterm", 0, true],
    ["--help --color always", "dumb", 0, true],
    ["--help --color never", "xterm", 0, false],
    ["--json --color never", "xterm", 2, false],
    ["--json", "dumb", 2, false],
    ["--json", "xterm", 2, true],
  ],
  async ([args, term, code, coloured]) => {
    const child = await new Deno.Command("script", {
      args: onTerminal(["run", "--no-prompt", CLI, ...args.split(" ")]),
      env: { TERM: term, NO_COLOR: "" },
      stdin: "null",
      signal: AbortSignal.timeout(300_000),
    }).output();
    const text = new TextDecoder().decode(child.stdout);
    assertMatch(text, /sonde/);
    assertEquals([child.code, text.includes("\x1b")], [code, coloured], text);
  },
  { ignore: !HAS_TERMINAL },
);
