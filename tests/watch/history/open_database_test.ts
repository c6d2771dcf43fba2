import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname } from "node:path";
import { History } from "../../../lib/watch/history/history.ts";
import { HistoryError } from "../../../lib/watch/history/history_error.ts";
import { migrate, STEPS } from "../../../lib/watch/history/schema.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import { withFolder } from "../../_folder.ts";
import { runScript } from "../../_process.ts";
import { stepRows, testRows } from "../../_test_rows.ts";
import { query, withDatabase, writeRuns } from "./_files.ts";

const WINDOW = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 3), now: Date.UTC(2026, 2, 3) };

/** Expects that watching and reporting refuse a path, and returns their messages. */
async function refusals(path: string): Promise<string[]> {
  const watching = assertThrows(() => new History(path)[Symbol.dispose](), HistoryError);
  const reporting = await assertRejects(() => readReport(path, WINDOW), HistoryError);
  return [watching.message, reporting.message];
}

Deno.test("a history is a file, and nothing else", async (test) => {
  await withFolder(async (folder) => {
    const pipe = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    using _socket = Deno.listen({ transport: "unix", path: `${folder}/socket` });
    await Deno.symlink(pipe, `${folder}/link`);
    const rows: [path: string, kind: string][] = [
      [folder, "it is a folder"],
      [pipe, "it is a named pipe"],
      [`${folder}/link`, "it is a named pipe"],
      [`${folder}/socket`, "it is a socket"],
      ["/dev/null", "it is a device"],
    ];
    await stepRows(test, rows, async ([path, kind]) => {
      assertEquals(await refusals(path), [
        `Cannot open the history ${path}: ${kind}`,
        `Cannot read the history ${path}: ${kind}`,
      ]);
    });
  });
});

/** The page of a table or index, counted from 1. */
function rootOf(path: string, name: string): number {
  return Number(
    query(path, `SELECT rootpage AS page FROM sqlite_schema WHERE name = '${name}'`)[0]?.["page"],
  );
}

function overwrite(
  path: string,
  { page, offset = 0, bytes }: { page: number; offset?: number; bytes: Uint8Array },
): void {
  using file = Deno.openSync(path, { write: true });
  file.seekSync((page - 1) * 4096 + offset, Deno.SeekMode.Start);
  file.writeSync(bytes);
}

const NOISE = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + 13) % 256);

testRows<[damage: string, spoil: (path: string) => void, said: string]>(
  "a damaged history is said to be damaged, by watch and by report",
  [
    ["cut in half", (path) => Deno.truncateSync(path, Deno.statSync(path).size / 2), "the file is damaged ("],
    ["cut in the middle of a page", (path) => Deno.truncateSync(path, 10_000), "the file is damaged ("],
    ["cut in the first page", (path) => Deno.truncateSync(path, 1000), "damaged"],
    [
      "noise in the runs",
      (path) => overwrite(path, { page: rootOf(path, "runs"), bytes: NOISE }),
      "is damaged (",
    ],
    [
      "zero bytes in the runs",
      (path) => overwrite(path, { page: rootOf(path, "runs") + 20, bytes: new Uint8Array(4096) }),
      "is damaged (",
    ],
    [
      "some zero bytes",
      (path) =>
        overwrite(path, { page: rootOf(path, "runs") + 20, offset: 3000, bytes: new Uint8Array(500) }),
      "is damaged (",
    ],
    [
      "zero bytes in the checks",
      (path) => overwrite(path, { page: rootOf(path, "checks"), bytes: new Uint8Array(4096) }),
      "is damaged (",
    ],
    [
      "noise in an index",
      (path) => overwrite(path, { page: rootOf(path, "changes_by_check"), bytes: NOISE }),
      "is damaged (",
    ],
    [
      "zero bytes in the schema",
      (path) => overwrite(path, { page: 1, offset: 100, bytes: new Uint8Array(3996) }),
      "is damaged (",
    ],
    [
      "zero bytes in the header",
      (path) => overwrite(path, { page: 1, bytes: new Uint8Array(100) }),
      "it is another file, or it is damaged",
    ],
    [
      "one octet in an index",
      (path) =>
        overwrite(path, { page: rootOf(path, "changes_by_check"), offset: 4095, bytes: Uint8Array.of(77) }),
      "is damaged (",
    ],
  ],
  async ([, spoil, said]) => {
    await withFolder(async (folder) => {
      const path = `${folder}/h.db`;
      {
        using history = new History(path);
        const verdicts = Array.from({ length: 1500 }, (_, index): Verdict => index % 9 === 0 ? "down" : "up");
        writeRuns(history, ["a", "b"], verdicts);
        withDatabase(path, (database) =>
          database.exec(
            `INSERT INTO changes (check_id, at, kind, "from", "to", since, cause) VALUES (1, 5, 'down', 'up', 'down', 5, 'x')`,
          ));
      }
      spoil(path);
      const before = await Deno.readFile(path);
      const [watching, reporting] = await refusals(path);
      assertStringIncludes(watching!, said);
      assertStringIncludes(reporting!, said);
      assertEquals(await Deno.readFile(path), before);
    });
  },
);

testRows<[sql: string, said: string]>(
  "readReport() does not believe values that no history has",
  [
    ["UPDATE checks SET state = '{x'", "the file is damaged (Expected property name"],
    ["UPDATE checks SET tags = ''", "the file is damaged (Unexpected end of JSON input)"],
    [
      "UPDATE runs SET verdict = 'uq' WHERE at % 7 = 0",
      "the file is damaged (a row has a verdict that does not exist)",
    ],
    [
      "UPDATE checks SET removed = 9e15",
      "the file is damaged (Invalid time value)",
    ],
    [
      "UPDATE runs SET at = 9e17 WHERE at = (SELECT max(at) FROM runs)",
      "the file is damaged (Value is too large",
    ],
  ],
  async ([sql, said]) => {
    await withFolder(async (folder) => {
      const path = `${folder}/h.db`;
      {
        using history = new History(path);
        writeRuns(history, ["a"], Array(20).fill("up"));
      }
      withDatabase(path, (database) => database.exec(sql));
      const { message } = await assertRejects(() => readReport(path, WINDOW), HistoryError);
      assertStringIncludes(message, `Cannot read the history ${path}: ${said}`);
    });
  },
);

testRows<[state: string, said: string]>(
  "a watch says that the state of a check is damaged,",
  [
    ["", "Unexpected end of JSON"],
    ["null", "a row has no state of a check"],
    ['{"condition":"down"}', "a row has no state of a check"],
    ['{"condition":"odd","since":"2026-03-01T12:00:00.000Z"}', "a row has no state of a check"],
  ],
  async ([state, said]) => {
    await withFolder((folder) => {
      using history = new History(`${folder}/h.db`);
      writeRuns(history, ["a"], ["up"]);
      withDatabase(
        `${folder}/h.db`,
        (database) => database.prepare("UPDATE checks SET state = ?").run(state),
      );
      const error = assertThrows(() => history.atomically(() => history.stateOf("a")), HistoryError);
      assertStringIncludes(error.message, `Cannot write the history: the file is damaged (${said}`);
    });
  },
);

/** A user who owns nothing. */
const NOBODY = 65534;

/** Tells if every user may go to a path. */
function isOpenToAll(path: string): boolean {
  const open = ((Deno.statSync(path).mode ?? 0) & 0o001) !== 0;
  return open && (path === "/" || isOpenToAll(dirname(path)));
}

/** Root may do everything, so another user has to read the history. */
const IS_ROOT = Deno.uid() === 0;

testRows<[rights: number, outcome: string]>(
  "readReport() of another user reads what that user may read,",
  [
    [0o444, "read 1 check"],
    [0o000, "Cannot read the history h.db: this user may not read the file"],
  ],
  async ([rights, outcome]) => {
    await withFolder(async (folder) => {
      {
        using history = new History(`${folder}/h.db`);
        writeRuns(history, ["a"], ["up"]);
      }
      const cache = `${folder}/cache`;
      await Deno.mkdir(cache);
      await Deno.chmod(cache, 0o777);
      await Deno.chmod(`${folder}/h.db`, rights);
      await Deno.chmod(folder, 0o555);
      const script = `
        Deno.chdir(${JSON.stringify(folder)});
        const report = await it.readReport("h.db", { from: 0 }).catch((error) => console.log(error.message));
        if (report) console.log("read " + report.checks.length + " check");`;
      const options = IS_ROOT ? { uid: NOBODY } : {};
      const run = await runScript("lib/watch/report/read_report.ts", script, { DENO_DIR: cache }, options);
      await Deno.chmod(folder, 0o755);
      assertEquals([run.stdout.trim(), run.stderr], [outcome, ""]);
    });
  },
  { ignore: IS_ROOT && ![import.meta.dirname!, Deno.execPath()].every(isOpenToAll) },
);

Deno.test("a file of text, and an empty one, is no history", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/text`;
    await Deno.writeTextFile(path, "hello, this is no database at all, but it is long enough ".repeat(20));
    const kind = "it is not a history of sonde watch: it is another file, or it is damaged";
    assertEquals(await refusals(path), [
      `Cannot open the history ${path}: ${kind}`,
      `Cannot read the history ${path}: ${kind}`,
    ]);
    await Deno.writeTextFile(path, "");
    const { message } = await assertRejects(() => readReport(path, WINDOW), HistoryError);
    assertEquals(message, `Cannot read the history ${path}: it is empty`);
    // It may come from mktemp.
    new History(path)[Symbol.dispose]();
    assertEquals((await readReport(path, WINDOW)).checks, []);
  });
});

Deno.test("a history of the first version is read without a change of the file", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const at = (minute: number) => Date.UTC(2026, 2, 1, 12, minute);
    withDatabase(path, (database) => {
      migrate(database, STEPS.slice(0, 1));
      database.exec(`
        INSERT INTO checks VALUES (1, 'a', 'https://a.test/', '[]', 60000,
          '{"condition":"up","since":"2026-03-01T12:02:00.000Z","certificateSoon":false}');
        INSERT INTO runs (check_id, at, verdict, total, certificate_days, retries, skipped, cause) VALUES
          (1, ${at(0)}, 'up', 5, 30, 0, 0, NULL), (1, ${at(1)}, 'down', 5, NULL, 0, 0, 'refused'), (1, ${
        at(2)
      }, 'up', 5, 30, 0, 0, NULL);
        INSERT INTO changes VALUES (1, 1, ${at(1)}, 'down', 'up', 'down', ${at(1)}, 'refused'), (2, 1, ${
        at(2)
      }, 'up', 'down', 'up', ${at(2)}, 'ok')`);
    });
    const before = await Deno.readFile(path);
    const now = at(3);
    const { checks: [check] } = await readReport(path, { from: at(0), to: now, now });
    assertEquals([check?.state, check?.uptime, check?.removed, check?.certificate], [
      "up",
      1 - 1 / 3,
      null,
      { ends: null, daysLeft: 29, soon: false, seen: "2026-03-01T12:02:00.000Z" },
    ]);
    assertEquals(check?.outages.map(({ ms, cause }) => [ms, cause]), [[60_000, "refused"]]);
    assertEquals(await Deno.readFile(path), before);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["h.db"]);
  });
});
