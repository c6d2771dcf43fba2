import { assertEquals, assertStringIncludes } from "@std/assert";
import { testRows } from "../../../_test_rows.ts";
import { run } from "../../_run.ts";

testRows(
  "sonde completion prints a script without any permission for",
  ["bash", "zsh", "fish"],
  async (shell) => {
    const { code, stdout, stderr } = await run(["completion", shell]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, `sonde completion ${shell}\n`);
    assertEquals(/\bdeno\b/.test(stdout), false, "a key press would start Deno");
  },
  { permissions: "none" },
);

testRows<[args: string[], message: string]>(
  "sonde completion refuses",
  [
    [[], "Name a shell: write sonde completion bash, zsh or fish"],
    [["powershell"], 'Cannot complete in "powershell": write sonde completion bash, zsh or fish'],
    [["toString"], 'Cannot complete in "toString": write sonde completion bash, zsh or fish'],
    [["bash", "zsh"], 'Cannot use "zsh": sonde completion takes one operand'],
  ],
  async ([args, message]) => {
    const { code, stdout, stderr } = await run(["completion", ...args]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, message);
  },
  { permissions: "none" },
);
