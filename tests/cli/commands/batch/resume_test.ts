import { assertEquals, assertRejects } from "@std/assert";
import { resumeOutput } from "../../../../lib/cli/commands/batch/resume.ts";
import { UsageError } from "../../../../lib/cli/usage_error.ts";
import { formatJson } from "../../../../lib/report/json.ts";
import { withFolder } from "../../../_folder.ts";
import { plainResult } from "../../../report/_samples.ts";
import { stepRows } from "../../../_test_rows.ts";

const ROW = `${formatJson(plainResult({ input: "a.test" }))}\n`;
const TORN = ROW.slice(0, 40);

Deno.test("resumeOutput() cuts off an incomplete last line, and appends after the last complete one", async (test) => {
  const rows: [written: string, kept: string, done: number, note?: string][] = [
    ["", "", 0],
    [ROW, ROW, 1],
    [ROW + ROW, ROW + ROW, 2],
    [ROW + TORN, ROW, 1, ", an incomplete last line was removed"],
    [TORN, "", 0],
    // Without LF at its end the last line is incomplete, even if it happens to be valid JSON.
    [ROW + ROW.trimEnd(), ROW, 1],
    [`${ROW}not a row\n`, `${ROW}not a row\n`, 1, ", 1 line is not a row and was skipped"],
    [`1\n${ROW}2\n`, `1\n${ROW}2\n`, 1, ", 2 lines are not rows and were skipped"],
  ];
  await stepRows(test, rows, async ([written, kept, rowsDone, said]) => {
    await withFolder(async (folder) => {
      const path = `${folder}/out.ndjson`;
      Deno.writeTextFileSync(path, written);
      const { done, output, note } = await resumeOutput(path);
      if (said !== undefined) assertEquals(note.slice(note.indexOf(",")), said);
      assertEquals([done.rows, Deno.readTextFileSync(path)], [rowsDone, kept]);
      await output.write("more\n");
      await output[Symbol.asyncDispose]();
      assertEquals(Deno.readTextFileSync(path), `${kept}more\n`);
    });
  });
});

Deno.test("resumeOutput() does not touch a file without rows", async (test) => {
  await withFolder(async (folder) => {
    const path = `${folder}/notes.txt`;
    await stepRows(test, ["dear diary\n", "dear diary", "a,b\n1,2\n3"], async (text) => {
      Deno.writeTextFileSync(path, text);
      await assertRejects(() => resumeOutput(path), UsageError, "it does not hold rows");
      assertEquals(Deno.readTextFileSync(path), text);
    });
  });
});
