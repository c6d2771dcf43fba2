import { assertEquals, assertMatch } from "@std/assert";
import { History } from "../../../../lib/watch/history/history.ts";
import { stepRows } from "../../../_test_rows.ts";
import { run } from "../../_run.ts";

Deno.test("sonde report says what is wrong with a window, a history or a name", async (test) => {
  const rows: [args: string[], said: RegExp][] = [
    [["report", "--from", "yesterday", "a.db"], /--from: Cannot read "yesterday": .* as in 7d, or a date/],
    [["report", "--from", "1h", "--to", "2h", "a.db"], /--to is not after --from/],
  ];
  await stepRows(test, rows, async ([args, said]) => {
    const { code, stderr } = await run(args);
    assertEquals(code, 2);
    assertMatch(stderr, said);
  });
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const path = `${folder}/a.db`;
    new History(path)[Symbol.dispose]();
    const empty = await run(["report", path]);
    assertEquals([empty.code, empty.stderr], [0, ""]);
    assertMatch(empty.stdout, /no checks in this history/);
    const mistyped = await run(["report", "--only", "shpo", path]);
    assertEquals([mistyped.code, mistyped.stdout], [2, ""]);
    assertMatch(mistyped.stderr, /Cannot report: no check has one of the names or tags shpo/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
