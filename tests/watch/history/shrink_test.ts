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

testRows<[history: string, prepare: (path: string) => void]>(
  "a history shrinks when runs are removed",
  [
    ["a new one", (path) => new History(path)[Symbol.dispose]()],
    ["one of an earlier version", (path) => withDatabase(path, (database) => migrate(database))],
  ],
  async ([, prepare]) => {
    await withFolder((folder) => {
      const path = `${folder}/h.db`;
      prepare(path);
      fill(path, 3, 12_000);
      const full = Deno.statSync(path).size;
      {
        using history = new History(path);
        history.forgetBefore(11_000 * 60_000);
        assertEquals(query(path, "SELECT count(*) AS n FROM runs"), [{ n: 3000 }]);
        history.forget(["check 1"]);
      }
      const left = Deno.statSync(path).size;
      assert(left < full / 8, `${left} of ${full}`);
      assertEquals(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
      assertEquals(query(path, "SELECT check_id, count(*) AS n FROM runs GROUP BY 1"), [
        { check_id: 2, n: 1000 },
        { check_id: 3, n: 1000 },
      ]);
    });
  },
);

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
