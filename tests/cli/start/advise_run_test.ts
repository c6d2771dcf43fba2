import { assertEquals } from "@std/assert";
import { adviseRun } from "../../../lib/cli/start/advise_run.ts";
import { testRows } from "../../_test_rows.ts";
import { TextOutput } from "../_run.ts";

/** A terminal, whose width is unknown in a test: 80 columns. */
class Terminal extends TextOutput {
  override readonly terminal = true;
}

testRows<[stderr: TextOutput]>(
  "adviseRun() keeps a command line whole, however long it is",
  [[new TextOutput()], [new Terminal()]],
  async ([stderr]) => {
    const file = `${"folder/".repeat(30)}hosts.txt`;
    const missing = { flags: [`--allow-read=${file}`], findNeeded: () => Promise.resolve(undefined) };
    await adviseRun(["batch", file], missing, stderr);
    const commands = stderr.text.split("\n").filter((line) => line.startsWith("  "));
    assertEquals(
      commands.length > 0 && commands.every((line) => line.includes(`--allow-read=${file}`)),
      true,
    );
  },
);
