import { assertEquals } from "@std/assert";
import { migrate } from "../../../lib/watch/history/schema.ts";
import { RunFinder } from "../../../lib/watch/report/run_lookup.ts";
import { testRows } from "../../_test_rows.ts";
import { withDatabase } from "../history/_files.ts";

testRows<[total: number, retries: number, took: number]>(
  "RunLookup.took() computes how long all tries of a run took",
  [
    [200, 0, 200],
    // Between tries sonde waits for a tenth of the interval, but for a second at most.
    [200, 2, 2600],
    [300_000, 0, 300_000],
    // No try takes this long, so the machine was asleep.
    [300_001, 0, 0],
  ],
  ([total, retries, took]) =>
    withDatabase(":memory:", (database) => {
      migrate(database);
      database.exec(
        `INSERT INTO checks (id, name, url, tags, interval, state) VALUES (1, 'a', '', '[]', 60000, '{}');
        INSERT INTO runs (check_id, at, verdict, total, retries, skipped) VALUES (1, 5, 'up', ${total}, ${retries}, 0)`,
      );
      assertEquals(new RunFinder(database).of(1, 60_000).took(5), took);
    }),
);
