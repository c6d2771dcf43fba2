import { assertEquals, assertStringIncludes } from "@std/assert";
import { noteReplaced, openEmptied, tellReplaced } from "../../../lib/cli/output/replaced_note.ts";
import { TestFolder } from "../../_folder.ts";
import { testRows } from "../../_test_rows.ts";
import { TextOutput } from "../_run.ts";

/** Contents of a file before a run, and the sizes that sonde tells. */
const HELD: [before: string | undefined, told: number[]][] = [[undefined, []], ["", []], ["old rows\n", [9]]];

testRows(
  "openEmptied() tells the size of the content that it removes",
  HELD,
  async ([before, expected]) => {
    using folder = new TestFolder();
    const path = folder.file("out");
    if (before !== undefined) await Deno.writeTextFile(path, before);
    const told: number[] = [];
    using file = await openEmptied(path, (bytes) => void told.push(bytes));
    await file.write(new TextEncoder().encode("new"));
    assertEquals([told, await Deno.readTextFile(path)], [expected, "new"]);
  },
);

testRows(
  "tellReplaced() tells the size of a file, and leaves the file alone",
  HELD,
  async ([before, expected]) => {
    using folder = new TestFolder();
    const path = folder.file("out");
    if (before !== undefined) await Deno.writeTextFile(path, before);
    const told: number[] = [];
    await tellReplaced(path, (bytes) => void told.push(bytes));
    assertEquals(told, expected);
    if (before !== undefined) assertEquals(await Deno.readTextFile(path), before);
  },
);

Deno.test("noteReplaced() names the file, its size and how to keep it, and says nothing with quiet", async () => {
  const stderr = new TextOutput();
  await noteReplaced("out.jsonl", { stderr, widthOf: () => 80 })(1_234);
  assertEquals(stderr.text, "sonde: replaces out.jsonl, which held 1,234 bytes\n");
  await noteReplaced("out.jsonl", { stderr, widthOf: () => 80 }, { advice: "do that" })(1);
  assertStringIncludes(stderr.text, "which held 1 byte; do that\n");
  const quiet = new TextOutput();
  await noteReplaced("out.jsonl", { stderr: quiet, widthOf: () => 80 }, { quiet: true })(1);
  assertEquals(quiet.text, "");
});
