import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { forgetOld } from "../../../lib/watch/history/history_keeper.ts";
import { History } from "../../../lib/watch/history/history.ts";
import { HistoryError } from "../../../lib/watch/history/history_error.ts";
import { migrate, SCHEMA_VERSION } from "../../../lib/watch/history/schema.ts";
import { inTransaction } from "../../../lib/watch/history/transaction.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import type { TaskRun, Verdict } from "../../../lib/watch/task_run.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import type { Task } from "../../../lib/watch/tasks/task.ts";
import { withFolder } from "../../_folder.ts";
import { runAt, task } from "../_samples.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const TELL = [{ receiver: "r", address: "a", message: () => "{}" }];

function record(
  history: History,
  check: Task,
  minute: number,
  verdict: Verdict,
  redact = (text: string) => text,
): void {
  const run = runAt(minute, verdict);
  const { state, changes } = advanceState(history.stateOf(check.name), run, check);
  history.record({ task: check, run, state, changes, skipped: 0, messages: TELL, redact });
}

function query(path: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all().map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

Deno.test("History keeps runs, states, changes and notices across a restart", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    const check = task({ url: "http://a.test/", failures: 2, tags: ["x"] });
    const verdicts: Verdict[] = ["up", "down", "down", "unknown", "up"];
    for (const [minute, verdict] of verdicts.entries()) {
      using history = new History(path);
      record(history, check, minute, verdict);
    }
    assertEquals(query(path, "SELECT verdict, status, cause FROM runs ORDER BY at"), [
      { verdict: "up", status: 200, cause: null },
      { verdict: "down", status: 200, cause: "refused in connect: nobody there" },
      { verdict: "down", status: 200, cause: "refused in connect: nobody there" },
      { verdict: "unknown", status: 200, cause: "resource in connect: nobody there" },
      { verdict: "up", status: 200, cause: null },
    ]);
    const at = (minute: number) => Date.UTC(2026, 2, 1, 12, minute);
    assertEquals(query(path, 'SELECT kind, "from", "to", at, since FROM changes'), [
      { kind: "down", from: "up", to: "down", at: at(2), since: at(1) },
      { kind: "unmeasured", from: "down", to: "down", at: at(3), since: at(1) },
      { kind: "measured", from: "down", to: "down", at: at(4), since: at(1) },
      { kind: "up", from: "down", to: "up", at: at(4), since: at(4) },
    ]);
    assertEquals(query(path, "SELECT receiver, outcome FROM deliveries").length, 4);
    assertEquals(query(path, "SELECT name, url, tags FROM checks"), [
      { name: "http://a.test/", url: "http://a.test/", tags: '["x"]' },
    ]);
  });
});

Deno.test("History keeps both of two runs that began in the same millisecond", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    const check = task({ name: "a", url: "http://a.test/" });
    using history = new History(path);
    for (const verdict of ["up", "down", "up"] as const) record(history, check, 0, verdict);
    assertEquals(query(path, "SELECT verdict FROM runs ORDER BY at"), [
      { verdict: "up" },
      { verdict: "down" },
      { verdict: "up" },
    ]);
  });
});

Deno.test("History keeps the time of all hops, the earliest end of a certificate, and maintenance", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    const check = task({ name: "a", url: "http://a.test/" });
    const { result, ...rest } = runAt(0, "up");
    const { tls } = result;
    const issuers = [{
      subject: "CN=ca",
      notAfter: "2026-03-05T00:00:00Z",
      daysLeft: 3,
      fingerprint256: "ca",
    }];
    const run: TaskRun = {
      ...rest,
      excluded: "maintenance",
      result: {
        ...result,
        tls: { ...tls!, certificate: { ...tls!.certificate!, issuers } },
        startedAt: "2026-03-01T12:00:01.000Z",
        redirects: [{ ...result, timings: { wait: 900, total: 1000 } }],
      },
    };
    using history = new History(path);
    const state = history.stateOf("a");
    history.record({
      task: check,
      run,
      state,
      changes: [],
      skipped: 0,
      messages: [],
      redact: (text) => text,
    });
    assertEquals(
      query(path, "SELECT at, wait, total, certificate_days, certificate_ends, excluded FROM runs"),
      [{
        at: Date.parse("2026-03-01T12:00:00.000Z"),
        wait: 1003.4,
        total: 1149.6,
        certificate_days: 3,
        certificate_ends: Date.parse("2026-03-05T00:00:00Z"),
        excluded: "maintenance",
      }],
    );
  });
});

Deno.test("History without runs keeps states, changes and notices", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path, { runs: false });
      const check = task({ name: "a", url: "http://a.test/", failures: 2 });
      for (const [minute, verdict] of (["up", "down", "down"] as const).entries()) {
        record(history, check, minute, verdict);
      }
      assertEquals([history.stateOf("a").condition, history.deliveries.count("r")], ["down", 1]);
    }
    assertEquals(query(path, "SELECT count(*) AS n FROM runs"), [{ n: 0 }]);
    assertEquals(query(path, "SELECT kind FROM changes"), [{ kind: "down" }]);
  });
});

Deno.test("History delivers notices in order and remembers failures", () => {
  using history = new History(":memory:");
  const check = task({ url: "http://a.test/" });
  for (const [minute, verdict] of (["down", "up"] as const).entries()) {
    record(history, check, minute, verdict);
  }
  const { deliveries } = history;
  const first = deliveries.next("r");
  assertEquals([first?.tries, deliveries.next("other")], [0, undefined]);
  deliveries.settle(first!.id, { type: "failed", error: "no", due: 9e12, waiting: "check" });
  assertEquals(deliveries.next("r"), { ...first!, tries: 1, due: 9e12 });
  deliveries.settle(first!.id, { type: "delivered" });
  const second = deliveries.next("r");
  assert(second!.id > first!.id);
  deliveries.settle(second!.id, { type: "given-up", error: "no" });
  assertEquals(deliveries.next("r"), undefined);
});

Deno.test("History removes old runs and changes, with their notices", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      const check = task({ url: "http://a.test/" });
      for (let minute = 0; minute < 10; minute++) record(history, check, minute, minute % 2 ? "up" : "down");
      history.forgetBefore(Date.UTC(2026, 2, 1, 12, 7));
    }
    assertEquals(query(path, "SELECT count(*) AS n FROM runs"), [{ n: 3 }]);
    assertEquals(query(path, "SELECT count(*) AS n FROM changes"), [{ n: 3 }]);
    assertEquals(query(path, "SELECT count(*) AS n FROM deliveries"), [{ n: 3 }]);
  });
});

Deno.test("migrate() upgrades a file of an older version, or leaves it unchanged", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    const steps = [
      "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)",
      "ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = 'new'",
      "CREATE TABLE b (z INTEGER); INSERT INTO none VALUES (1)",
    ];
    const bring = (count: number): void => {
      using database = Object.assign(new DatabaseSync(path), {
        [Symbol.dispose](): void {
          database.close();
        },
      });
      migrate(database, steps.slice(0, count));
    };
    bring(1);
    assertEquals(query(path, "SELECT * FROM a"), [{ x: 1 }]);
    for (let again = 0; again < 2; again++) {
      bring(2);
      assertEquals(query(path, "SELECT * FROM a"), [{ x: 1, y: "new" }]);
      assertEquals(query(path, "PRAGMA user_version"), [{ user_version: 2 }]);
    }
    // A step that fails leaves nothing behind, not even the part of it that was done.
    assertThrows(() => bring(3), Error, "no such table: none");
    assertEquals(query(path, "SELECT name FROM sqlite_master"), [{ name: "a" }]);
    assertEquals(query(path, "PRAGMA user_version"), [{ user_version: 2 }]);
    assertThrows(() => bring(1), RangeError, "it has version 2 of the schema, and this sonde knows 1 only");
  });
});

testRows<[keep: number, left: boolean]>(
  "forgetOld() removes nothing if everything is kept forever",
  [[0, true], [1, false]],
  ([keep, left]) => {
    using history = new History(":memory:");
    const check = task({ url: "http://a.test/" });
    record(history, check, 0, "up");
    record(history, check, 1, "down");
    record(history, check, 2, "up");
    forgetOld(history, keep);
    // The two changes were to be told; of what is forgotten only the last is left.
    const first = history.deliveries.next("r");
    assertEquals(JSON.stringify(first).includes('"id":1,'), left, `${keep}`);
  },
);

Deno.test("History redacts secrets before it writes", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      record(
        history,
        task({ url: "http://a.test/s3cr3t" }),
        0,
        "down",
        (text) => text.replaceAll("s3cr3t", "***"),
      );
    }
    const [check] = query(path, "SELECT url FROM checks");
    assertEquals(check, { url: "http://a.test/***" });
    assert(new TextDecoder("latin1").decode(await Deno.readFile(path)).includes("a.test/***"));
  });
});

Deno.test("History refuses a file of a later version, and a file that is not a history", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    new History(path)[Symbol.dispose]();
    const database = new DatabaseSync(path);
    assertEquals({ ...database.prepare("PRAGMA user_version").get() }, { user_version: SCHEMA_VERSION });
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    assertThrows(() => new History(path), HistoryError, "this sonde knows");
    await Deno.writeTextFile(`${folder}/text`, "hello, this is no database at all, but it is long enough");
    assertThrows(() => new History(`${folder}/text`), HistoryError, "Cannot open the history");
    const missing = "its folder is missing or cannot be written";
    assertThrows(() => new History(`${folder}/none/h.db`), HistoryError, missing);
    await assertRejects(
      () => readReport(`${folder}/none`, { from: 0, to: 1 }),
      HistoryError,
      "there is no such file",
    );
  });
});

Deno.test("History does not change the tables of another program", async (test) => {
  await withFolder(async (folder) => {
    await stepRows(test, [0, SCHEMA_VERSION].entries(), async ([index, version]) => {
      const path = `${folder}/other${index}.db`;
      const database = new DatabaseSync(path);
      database.exec(`CREATE TABLE invoices (n); PRAGMA user_version = ${version}`);
      database.close();
      const refusal = "it is not a history of sonde watch";
      assertThrows(() => new History(path), HistoryError, refusal);
      await assertRejects(() => readReport(path, { from: 0, to: 1 }), HistoryError, refusal);
      assertEquals(query(path, "SELECT name FROM sqlite_schema"), [{ name: "invoices" }]);
      assertEquals(query(path, "PRAGMA journal_mode"), [{ journal_mode: "delete" }]);
    });
  });
});

Deno.test("readReport() reads a history in a read-only folder", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h #1.db`;
    {
      using history = new History(path);
      record(history, task({ name: "a", url: "http://a.test/" }), 0, "up");
    }
    // As in a folder that cannot be written: the file that SQLite wants to make cannot be made.
    await Deno.mkdir(`${path}-shm`);
    const { checks } = await readReport(path, { from: 0, to: Date.UTC(2030) });
    assertEquals(checks.map(({ name, runs }) => [name, runs]), [["a", 1]]);
  });
});

Deno.test("readReport() orders changes as they happened, even if the clock was set back", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      const check = task({ name: "a", url: "http://a.test/" });
      for (const [minute, verdict] of [[20, "up"], [30, "down"], [10, "up"]] as const) {
        record(history, check, minute, verdict);
      }
    }
    const { checks: [check] } = await readReport(path, {
      from: Date.UTC(2026, 2, 1),
      to: Date.UTC(2026, 2, 2),
    });
    const at = "2026-03-01T12:30:00.000Z";
    const cause = "refused in connect: nobody there";
    assertEquals(check?.outages, [{ start: at, end: at, lastSeen: at, ms: 0, cause }]);
  });
});

Deno.test("inTransaction() reports the first error if SQLite itself has rolled back", () => {
  using database = new DatabaseSync(":memory:");
  const full = () => {
    database.exec("ROLLBACK");
    throw new Error("database or disk is full");
  };
  assertThrows(() => inTransaction(database, full), Error, "database or disk is full");
  assertEquals(inTransaction(database, () => 5), 5);
});

Deno.test("HistoryError distinguishes a busy file from an unusable one", async (test) => {
  await withFolder(async (folder) => {
    using one = new DatabaseSync(`${folder}/a.db`);
    using other = new DatabaseSync(`${folder}/a.db`);
    one.exec("BEGIN IMMEDIATE");
    const rows: [sql: string, busy: boolean][] = [["BEGIN IMMEDIATE", true], ["SELECT * FROM none", false]];
    await stepRows(test, rows, ([sql, busy]) => {
      const cause = assertThrows(() => other.exec(sql), Error);
      assertEquals(new HistoryError("x", { cause }).busy, busy, sql);
    });
  });
});

Deno.test("History contains only complete transactions, whenever its process is killed", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const script = new URL("./_write_history.ts", import.meta.url).pathname;
    for (let round = 0; round < 3; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--allow-read", `--allow-write=${folder}`, script, path],
        stdout: "piped",
        stderr: "null",
      }).spawn();
      // It says how many runs it wrote; after some of them it is killed in the middle of the next one.
      const reader = child.stdout.getReader();
      for (let chunks = 0; chunks < 20; chunks++) await reader.read();
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
      assertEquals(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
      // Every run of the script changes the state, so there is one change and one message for each.
      const [counts] = query(
        path,
        "SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM changes) AS changes, " +
          "(SELECT count(*) FROM deliveries) AS deliveries",
      );
      assert(Number(counts?.["runs"]) > 10);
      assertEquals([counts?.["changes"], counts?.["deliveries"]], [counts?.["runs"], counts?.["runs"]]);
    }
  });
});
