import { assertEquals, assertStringIncludes } from "@std/assert";
import { COMMANDS, DEFAULT_COMMAND } from "../../../../lib/cli/commands.ts";
import { formatHelp } from "../../../../lib/cli/help/format_help.ts";
import { testRows } from "../../../_test_rows.ts";
import { run } from "../../_run.ts";

testRows("sonde help COMMAND prints the whole help of", COMMANDS, async (command) => {
  const stdout = await formatHelp(command, { width: 100 });
  assertEquals(await run(["help", command.name], { width: 100 }), { code: 0, stdout, stderr: "" });
}, { permissions: "none" });

Deno.test("sonde help prints the whole help of sonde", { permissions: "none" }, async () => {
  assertEquals(await run(["help"]), { code: 0, stdout: await formatHelp(DEFAULT_COMMAND), stderr: "" });
});

testRows<[args: string[], message: string]>(
  "sonde help refuses",
  [
    [["help", "cnon"], "Unknown command cnon: the nearest one is conn\n"],
    [["help", "foo"], "Unknown command foo: there are probe, batch, conn"],
    [["help", "conn", "batch"], 'Cannot use "batch": sonde help takes one operand'],
    [["help", "--only"], "Unknown flag --only"],
  ],
  async ([args, message]) => {
    const { code, stdout, stderr } = await run(args);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, message);
  },
  { permissions: "none" },
);
