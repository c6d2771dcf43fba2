import { assertEquals, assertThrows } from "@std/assert";
import { History } from "../../../lib/watch/history/history.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import { loadTasks } from "../../../lib/watch/tasks/load_tasks.ts";
import { Watcher } from "../../../lib/watch/watcher.ts";
import { withFolder } from "../../_folder.ts";
import { testRows } from "../../_test_rows.ts";
import { query, withDatabase, writeRuns } from "./_files.ts";

/** The names of the checks that are removed. */
function removedIn(path: string): unknown[] {
  return query(path, "SELECT name FROM checks WHERE removed IS NOT NULL ORDER BY name").map(({ name }) =>
    name
  );
}

/** A reload or start of a watch with a task file, and the checks that run after it. */
type Step = readonly [file: string, names: readonly string[], ran: readonly string[]];

testRows<[steps: Step[], removed: string[]]>(
  "History knows which checks left their task file",
  [
    [[["a.json", ["x", "y"], ["x", "y"]]], []],
    [[["a.json", ["x", "y"], ["x", "y"]], ["a.json", ["x"], []]], ["y"]],
    // A check is renamed.
    [[["a.json", ["x", "y"], ["x", "y"]], ["a.json", ["x", "z"], ["z"]]], ["y"]],
    // With --only, the other checks of the file are still in it.
    [[["a.json", ["x", "y"], ["x", "y"]], ["a.json", ["x", "y"], ["x"]]], []],
    // Two task files share a history.
    [[["a.json", ["x"], ["x"]], ["b.json", ["y"], ["y"]], ["a.json", ["x"], ["x"]]], []],
    [[["a.json", ["x"], ["x"]], ["b.json", ["y"], ["y"]], ["b.json", ["z"], ["z"]]], ["y"]],
    // A check that returns, or moves to another file, or is in both.
    [[["a.json", ["x", "y"], ["x", "y"]], ["a.json", ["x"], []], ["a.json", ["x", "y"], []]], []],
    [[["a.json", ["x", "y"], ["x", "y"]], ["a.json", ["x"], []], ["b.json", ["y"], ["y"]]], []],
    [[["a.json", ["x"], ["x"]], ["b.json", ["x"], ["x"]], ["a.json", ["y"], ["y"]]], []],
    [[["a.json", ["x", "y"], ["x", "y"]], ["b.json", ["y"], ["y"]], ["a.json", ["x"], []]], []],
  ],
  async ([steps, removed]) => {
    await withFolder((folder) => {
      const path = `${folder}/h.db`;
      for (const [file, names, ran] of steps) {
        using history = new History(path);
        history.setSource({ file, names });
        writeRuns(history, ran, ["up"]);
      }
      assertEquals(removedIn(path), removed);
    });
  },
);

Deno.test("a check that another watch still runs is not removed", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    using one = new History(path);
    using other = new History(path);
    one.setSource({ file: "a.json", names: ["x"] });
    other.setSource({ file: "b.json", names: ["x"] });
    writeRuns(one, ["x"], ["up"]);
    writeRuns(other, ["x"], ["up"]);
    other.setSource({ file: "b.json", names: ["y"] });
    assertEquals(removedIn(path), ["x"]);
    writeRuns(one, ["x"], ["up"]);
    assertEquals(removedIn(path), []);
  });
});

Deno.test("a watch notes the checks of its task file when it starts and when it reads the file again", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hi"),
  );
  await withFolder(async (folder) => {
    const [file, history] = [`${folder}/checks.json`, `${folder}/h.db`];
    const plan = async (...names: string[]) => {
      const url = `http://127.0.0.1:${server.addr.port}/`;
      await Deno.writeTextFile(file, JSON.stringify(names.map((name) => ({ name, url }))));
      return await loadTasks(file);
    };
    await new Watcher(await plan("x", "y"), { history }).runOnce();
    assertEquals(query(history, "SELECT name, source FROM checks ORDER BY name"), [
      { name: "x", source: file },
      { name: "y", source: file },
    ]);
    await new Watcher(await plan("x"), { history }).runOnce();
    assertEquals(removedIn(history), ["y"]);
    const { checks } = await readReport(history);
    assertEquals(checks.map(({ state, cause }) => [state, cause]), [
      ["up", null],
      ["removed", `it is no longer in ${file}`],
    ]);
    const both = await plan("x", "y");
    const fewer = await plan("y");
    const watcher: Watcher = new Watcher(both, {
      history,
      onRun: ({ check }) => {
        if (check !== "x") return;
        watcher.setChecks(fewer);
        watcher.stop();
      },
    });
    await watcher.run();
    assertEquals(removedIn(history), ["x"]);
  });
});

Deno.test("History.forget() removes a check with all its rows, and leaves others alone", async () => {
  await withFolder((folder) => {
    const path = `${folder}/h.db`;
    using history = new History(path);
    writeRuns(history, ["a,b", "x"], ["up", "down", "up"]);
    withDatabase(path, (database) =>
      database.exec(
        `INSERT INTO changes SELECT id, id, 0, 'down', 'up', 'down', 0, '', 0 FROM checks;
         INSERT INTO deliveries (change_id, receiver, message, due) SELECT id, 'r', '', 0 FROM changes`,
      ));
    assertEquals(history.forget(["a,b", "a,b"]), [{ name: "a,b", runs: 3, changes: 1, unsent: 1 }]);
    const counts = ["checks", "runs", "changes", "deliveries"].map((table) =>
      query(path, `SELECT count(*) AS n FROM ${table}`)[0]?.["n"]
    );
    assertEquals(counts, [1, 3, 1, 1]);
    assertEquals(history.stateOf("a,b").condition, "new");
    // A watch that still has the check begins anew.
    writeRuns(history, ["a,b"], ["up"]);
    assertEquals(history.forget(["x", "a,b"]).map(({ runs }) => runs), [3, 1]);
    assertThrows(
      () => history.forget(["x"]),
      RangeError,
      'Cannot forget "x": the history has no check with this name; it has no checks',
    );
  });
});

Deno.test("History.forget() removes nothing if one of the names is unknown", () => {
  using history = new History(":memory:");
  writeRuns(history, ["shop", "blog"], ["up"]);
  assertThrows(
    () => history.forget(["blog", "shpo"]),
    RangeError,
    'Cannot forget "shpo": the history has no check with this name; the nearest one is "shop"',
  );
  assertEquals(history.forget(["blog"]).map(({ runs }) => runs), [1]);
});
