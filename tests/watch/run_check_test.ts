import { assertEquals, assertRejects } from "@std/assert";
import { openHistory } from "../../lib/watch/history/open_history.ts";
import { runCheck } from "../../lib/watch/run_check.ts";
import { TaskFileError } from "../../lib/watch/tasks/task_file_error.ts";
import { withFolder } from "../_folder.ts";
import { testRows } from "../_test_rows.ts";

/** Serves the statuses one after the other. */
function serve(...statuses: number[]) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(null, { status: statuses.shift() ?? 200 }),
  );
  return { server, url: `http://127.0.0.1:${server.addr.port}/` };
}

Deno.test("runCheck() continues from a state that a script saved as JSON", async () => {
  const { server, url } = serve(200, 500, 500, 200);
  await using _server = server;
  const check = { name: "shop", url, failures: 2, tags: ["eu"] };
  const seen = [];
  let state;
  for (let run = 0; run < 4; run++) {
    const { changes, verdict, state: next } = await runCheck(check, { state });
    seen.push([verdict, ...changes.map(({ kind, tags }) => `${kind} ${tags}`)]);
    state = JSON.parse(JSON.stringify(next));
  }
  assertEquals(seen, [["up"], ["down"], ["down", "down eu"], ["up", "up eu"]]);
});

testRows<[json: string]>(
  "runCheck() refuses a state that no run returned,",
  [["null"], ["{}"], ["[]"], ['"up"'], ['{"condition":"up"}'], [
    '{"condition":"odd","since":"2026-03-01T12:00:00Z"}',
  ]],
  async ([json]) => {
    await assertRejects(
      () => runCheck({ url: "http://127.0.0.1:1/" }, { state: JSON.parse(json) }),
      TypeError,
      "Cannot run the check: state is not the state of an earlier run",
    );
  },
  { permissions: "none" },
);

Deno.test("runCheck() reads the state from a history, and records the run there", async () => {
  const { server, url } = serve(200, 500);
  await using _server = server;
  await withFolder(async (folder) => {
    using history = await openHistory(`${folder}/h.db`);
    const check = { name: "shop", url };
    assertEquals(history.stateOf("shop").condition, "new");
    await runCheck(check, { history });
    const { changes } = await runCheck(check, { history });
    assertEquals(changes.map(({ from, to }) => [from, to]), [["up", "down"]]);
    assertEquals(history.stateOf("shop").condition, "down");
    await assertRejects(
      () => runCheck(check, { history, state: history.stateOf("shop") }),
      TypeError,
      "history",
    );
  });
});

Deno.test("runCheck() shows a check that is failing, but not yet down, and for how long it was down", async () => {
  const { server, url } = serve(200, 500, 500, 200);
  await using _server = server;
  const check = { name: "shop", url, failures: 2 };
  const seen = [];
  let state;
  for (let run = 0; run < 4; run++) {
    const { failing, changes, state: next } = await runCheck(check, { state });
    seen.push([failing ?? false, ...changes.map(({ title }) => title.replace(/after .* \(/, "after … ("))]);
    state = next;
  }
  assertEquals(seen, [
    [false],
    [true],
    [false, "shop is down: status 500"],
    [false, "shop is up again after … (was down: status 500)"],
  ]);
});

Deno.test("runCheck() keeps secrets out of what it returns", async () => {
  const { server, url } = serve(500);
  await using _server = server;
  const { result, changes } = await runCheck({ url: url.replace("//", "//me:s3cretword@") });
  assertEquals(JSON.stringify({ result, changes }).includes("s3cretword"), false);
  assertEquals(changes[0]?.kind, "down");
});

Deno.test("runCheck() refuses a definition with mistakes, and gives the verdict unknown when it is aborted", async () => {
  await assertRejects(
    () => runCheck({ url: "http://a.test/", expect: ["stauts == 200"] }),
    TaskFileError,
    "status",
  );
  const { server, url } = serve(200);
  await using _server = server;
  const { verdict, state } = await runCheck({ url }, { signal: AbortSignal.abort() });
  assertEquals([verdict, state.condition], ["unknown", "new"]);
});
