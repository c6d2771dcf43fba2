import { assertEquals } from "@std/assert";
import type { AnyFormat } from "../../../lib/cli/output/formats.ts";
import { openOutput } from "../../../lib/cli/output/open_output.ts";
import { TestFolder } from "../../_folder.ts";
import { testRows } from "../../_test_rows.ts";
import { TextOutput } from "../_run.ts";

testRows<[format: "json" | "prom", flags: { quiet?: boolean }, stderr: TextOutput, isTold: boolean]>(
  "openOutput() says that it replaces a file, for prom only to a person",
  [
    ["json", {}, new TextOutput(), true],
    ["json", {}, new TextOutput(true), true],
    ["json", { quiet: true }, new TextOutput(true), false],
    ["prom", {}, new TextOutput(), false],
    ["prom", {}, new TextOutput(true), true],
  ],
  async ([format, flags, stderr, isTold]) => {
    using folder = new TestFolder();
    const path = folder.file("out");
    await Deno.writeTextFile(path, "old\n");
    {
      await using file = await openOutput({ output: path, format, ...flags }, { stderr, widthOf: () => 80 });
      await file?.write("new\n");
    }
    assertEquals(await Deno.readTextFile(path), "new\n");
    assertEquals(stderr.text, isTold ? `sonde: replaces ${path}, which held 4 bytes\n` : "");
  },
);

Deno.test("openOutput() says nothing about a file that it appends to", async () => {
  using folder = new TestFolder();
  const path = folder.file("out");
  await Deno.writeTextFile(path, "old\n");
  const stderr = new TextOutput();
  {
    await using file = await openOutput({ output: path }, { stderr, widthOf: () => 80 }, { append: true });
    await file?.write("new\n");
  }
  assertEquals([await Deno.readTextFile(path), stderr.text], ["old\nnew\n", ""]);
});

testRows<[name: string, flags: { format?: AnyFormat; json?: boolean; quiet?: boolean }, note: string]>(
  "openOutput() says if text goes into a file whose name promises another format",
  [
    ["rows.csv", {}, "for csv add --format csv"],
    ["rows.JSONL", {}, "for json add --format json"],
    ["rows.html", { format: "text" }, "for html add --format html"],
    ["rows.html", { json: true }, ""],
    ["rows.csv", { format: "csv" }, ""],
    ["rows.csv", { quiet: true }, ""],
    ["rows.txt", {}, ""],
    ["csv", {}, ""],
  ],
  async ([name, flags, note]) => {
    using folder = new TestFolder();
    const path = folder.file(name);
    const stderr = new TextOutput();
    {
      await using file = await openOutput({ output: path, ...flags }, { stderr, widthOf: () => 80 });
      await file?.write("rows\n");
    }
    assertEquals(stderr.text, note === "" ? "" : `sonde: writes text to ${path}; ${note}\n`);
  },
);

Deno.test("openOutput() promises no format that the command lacks", async () => {
  using folder = new TestFolder();
  const stderr = new TextOutput();
  const io = { stderr, widthOf: () => 80 };
  await using file = await openOutput({ output: folder.file("a.csv") }, io, { kind: "profiles" });
  await file?.write("rows\n");
  assertEquals(stderr.text, "");
});
