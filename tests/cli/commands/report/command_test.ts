import { assertEquals, assertMatch } from "@std/assert";
import { History } from "../../../../lib/watch/history/history.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";
import { run } from "../../_run.ts";
import { withFolder } from "../../../_folder.ts";
import { withDatabase, writeRuns } from "../../../watch/history/_files.ts";

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

Deno.test("sonde report --forget removes checks, and says what it removed", async (test) => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      writeRuns(history, ["shop", "a,b", "blog"], ["up", "down"]);
    }
    const unknown = await run(["report", path, "--forget", "blog", "--forget", "shpo"]);
    assertEquals([unknown.code, unknown.stdout], [2, ""]);
    assertMatch(unknown.stderr, /Cannot forget "shpo": .*; the nearest one is "shop"/);
    const done = await run(["report", path, "--forget", "a,b", "--forget=shop"]);
    assertEquals([done.code, done.stdout, done.stderr], [
      0,
      "Forgot a,b: 2 runs, 0 changes\nForgot shop: 2 runs, 0 changes\n",
      "",
    ]);
    const { stdout } = await run(["report", "--json", "--from", "2020-01-01", "--to", "2040-01-01", path]);
    assertEquals(JSON.parse(stdout).checks.map(({ name }: { name: string }) => name), ["blog"]);
    const rows: [args: string[], code: number, said: RegExp][] = [
      [["--forget", "blog", "--json"], 2, /--forget/],
      [["--forget", ""], 2, /Cannot forget ""/],
    ];
    await stepRows(test, rows, async ([args, code, said]) => {
      const refused = await run(["report", path, ...args]);
      assertEquals([refused.code, refused.stdout], [code, ""]);
      assertMatch(refused.stderr, said);
    });
    const missing = await run(["report", `${folder}/none.db`, "--forget", "x"]);
    assertEquals([missing.code, missing.stderr], [
      3,
      `sonde: Cannot open the history ${folder}/none.db: there is no such file\n`,
    ]);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["h.db"]);
  });
});

Deno.test("sonde report names the check that a mistyped name of --only may mean", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      writeRuns(history, ["shop"], ["up"]);
    }
    const { code, stderr } = await run(["report", "--only", "shpo", path]);
    assertEquals(code, 2);
    assertMatch(stderr, /no check has one of the names or tags shpo: the nearest one is shop\n/);
  });
});

Deno.test("sonde report says since when there is no data, in every format", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      writeRuns(history, ["shop"], ["up", "down"]);
    }
    // The runs of 1 March 2026, moved to 1 March 2016.
    withDatabase(path, (database) => database.exec("UPDATE runs SET at = at - 315532800000"));
    const [text, csv, json] = await Promise.all(
      [[], ["--format", "csv"], ["--json"]].map((flags) => run(["report", ...flags, path])),
    );
    assertMatch(text!.stdout, /^no data {2}shop {2}– {2}no outage {2}since 2016-03-01 12:01:00$/m);
    assertMatch(text!.stdout, /^shop {2}no data since 2016-03-01 12:01:00 /m);
    assertMatch(
      csv!.stdout,
      /,no-data,2016-03-01T12:01:00.000Z,,2016-03-01T12:01:00.000Z,2016-03-01T12:01:00.000Z,/,
    );
    const [check] = JSON.parse(json!.stdout).checks;
    assertEquals([check.state, check.noDataSince, check.uptime], [
      "no-data",
      "2016-03-01T12:01:00.000Z",
      null,
    ]);
  });
});

testRows<[output: string]>(
  "sonde report does not write its report over the history,",
  [["h.db"], ["h.db-wal"], ["link"]],
  async ([output]) => {
    await withFolder(async (folder) => {
      const path = `${folder}/h.db`;
      using history = new History(path);
      writeRuns(history, ["shop"], ["up"]);
      await Deno.symlink(path, `${folder}/link`);
      const refused = await run(["report", "-o", `${folder}/${output}`, path]);
      assertEquals([refused.code, refused.stdout], [2, ""]);
      assertMatch(refused.stderr, /^sonde: Cannot write to .*: it is the history\n/);
      assertEquals((await run(["report", path])).code, 0);
    });
  },
);
