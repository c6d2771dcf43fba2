import { assert, assertEquals } from "@std/assert";
import { History } from "../../../lib/watch/history/history.ts";
import { migrate } from "../../../lib/watch/history/schema.ts";
import { withFolder } from "../../_folder.ts";
import { testRows } from "../../_test_rows.ts";
import { query, withDatabase } from "./_files.ts";

/** Fills a history with runs, one a minute from the beginning of 1970 on. */
function fill(path: string, checks: number, runs: number): void {
  withDatabase(path, (database) =>
    database.exec(`
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${checks})
        INSERT INTO checks (id, name, url, tags, interval, state) SELECT i, 'check ' || i, '', '[]', 60000, '{}' FROM n;
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${runs - 1})
        INSERT INTO runs (check_id, at, verdict, status, total, retries, skipped)
          SELECT checks.id, i * 60000, 'up', 200, 12.5, 0, 0 FROM checks, n;
      PRAGMA wal_checkpoint(TRUNCATE)`));
}

testRows<[name: string, earlier: boolean, permissions: string[], shrinks: boolean]>(
  "a history shrinks when runs are removed",
  [
    ["a new one", false, ["--allow-read", "--allow-write"], true],
    ["one of an earlier version", true, ["--allow-all"], true],
    // SQLite rewrites a file with the help of a second one, which Deno allows only with all permissions.
    ["one of an earlier version that cannot be rewritten", true, ["--allow-read", "--allow-write"], false],
  ],
  async ([, earlier, permissions, shrinks]) => {
    await withFolder(async (folder) => {
      const path = `${folder}/h.db`;
      if (earlier) withDatabase(path, (database) => migrate(database));
      else new History(path)[Symbol.dispose]();
      fill(path, 3, 12_000);
      const full = Deno.statSync(path).size;
      const script = new URL("./_shrink_history.ts", import.meta.url).pathname;
      const { success } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", ...permissions, script, path, String(11_000 * 60_000)],
      }).output();
      assertEquals(success, true);
      const left = Deno.statSync(path).size;
      assertEquals(left < full / 8, shrinks, `${left} of ${full}`);
      assertEquals(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
      assertEquals(query(path, "SELECT check_id, count(*) AS n FROM runs GROUP BY 1"), [
        { check_id: 1, n: 1000 },
        { check_id: 2, n: 1000 },
        { check_id: 3, n: 1000 },
      ]);
    });
  },
);

Deno.test("a history shrinks when a check is forgotten", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    new History(path)[Symbol.dispose]();
    fill(path, 2, 12_000);
    const full = Deno.statSync(path).size;
    {
      using history = new History(path);
      history.forget(["check 1"]);
    }
    const left = Deno.statSync(path).size;
    assert(left < full * 0.6, `${left} of ${full}`);
  });
});

Deno.test("a history that another process uses keeps its size, and can be opened", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    withDatabase(path, (database) => {
      migrate(database);
      database.exec("PRAGMA journal_mode = WAL");
      fill(path, 1, 1000);
      database.exec("BEGIN; SELECT * FROM runs");
      using history = new History(path);
      history.forgetBefore(900 * 60_000);
    });
    assertEquals(query(path, "SELECT count(*) AS n FROM runs"), [{ n: 100 }]);
  });
});
