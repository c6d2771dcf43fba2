import { assertEquals } from "@std/assert";
import { adviseRun } from "../../../lib/cli/start/advise_run.ts";
import { testRows } from "../../_test_rows.ts";
import { TextOutput } from "../_run.ts";

testRows<[width: number | undefined]>(
  "adviseRun() keeps a command line whole, however narrow the terminal is",
  [[undefined], [40]],
  async ([width]) => {
    const stderr = new TextOutput();
    const file = `${"folder/".repeat(30)}hosts.txt`;
    const missing = { flags: [`--allow-read=${file}`], findNeeded: () => Promise.resolve(undefined) };
    await adviseRun(["batch", file], missing, stderr, width);
    const commands = stderr.text.split("\n").filter((line) => line.startsWith("  deno run "));
    assertEquals(commands.filter((line) => line.endsWith(` batch ${file}`)).length, 1, stderr.text);
  },
);
