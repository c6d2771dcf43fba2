import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import type { CheckRun } from "../../lib/watch/check_run.ts";
import type { ChangeNotice } from "../../lib/watch/delivery/change_notice.ts";
import { HistoryError } from "../../lib/watch/history/history_error.ts";
import { openHistory } from "../../lib/watch/history/open_history.ts";
import { readReport } from "../../lib/watch/report/read_report.ts";
import { TaskFileError } from "../../lib/watch/tasks/task_file_error.ts";
import { Watcher } from "../../lib/watch/watcher.ts";
import { withFolder } from "../_folder.ts";

/** A server whose status can be set, and which keeps what was posted to it. */
function serve() {
  const posted: ChangeNotice[] = [];
  const site = { status: 200, hookStatus: 204 };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    if (request.method !== "POST") return new Response(null, { status: site.status });
    const notice = await request.json() as ChangeNotice;
    if (site.hookStatus === 204) posted.push(notice);
    return new Response(null, { status: site.hookStatus });
  });
  return { server, site, posted, url: `http://127.0.0.1:${server.addr.port}/` };
}

const WINDOW = { from: 0, to: Date.UTC(2200, 0) };

Deno.test("Watcher.run() follows the state of a check until it is stopped", async () => {
  const { server, site, url } = serve();
  await using _server = server;
  const runs: CheckRun[] = [];
  const watcher = new Watcher([{ name: "shop", url, interval: "20ms", failures: 2 }], {
    onRun(run) {
      runs.push(run);
      if (run.state.condition === "up") site.status = 500;
      if (run.state.condition === "down") watcher.stop();
    },
  });
  await watcher.run();
  assertEquals(runs.at(-1)?.changes.map(({ kind, from, check }) => [kind, from, check]), [[
    "down",
    "up",
    "shop",
  ]]);
  assertEquals(runs.flatMap(({ changes }) => changes).length, 1);
  assertEquals(runs.at(-2)?.state.pending?.runs, 1);
});

Deno.test("Watcher.run() ends with its signal, even if it is already aborted", async () => {
  const { server, url } = serve();
  await using _server = server;
  const controller = new AbortController();
  let runs = 0;
  const onRun = (): void => {
    if (++runs === 2) controller.abort();
  };
  const options = { signal: controller.signal, onRun };
  await new Watcher([{ url, interval: "20ms" }], options).run();
  await new Watcher([{ url, interval: "20ms" }], options).run();
  assertEquals(runs, 2);
});

Deno.test("Watcher.run() rejects with an error of onRun", async () => {
  const { server, url } = serve();
  await using _server = server;
  const watcher = new Watcher([{ url, interval: "20ms" }], {
    onRun() {
      throw new Error("the disk is full");
    },
  });
  await assertRejects(() => watcher.run(), Error, "the disk is full");
});

Deno.test("Watcher.setChecks() replaces the checks of a running watch", async () => {
  const { server, url } = serve();
  await using _server = server;
  const names: string[] = [];
  const watcher = new Watcher([{ name: "old", url, interval: "20ms" }], {
    onRun({ check }) {
      names.push(check);
      if (check === "new") watcher.stop();
      else watcher.setChecks({ checks: [{ name: "new", url, interval: "20ms" }] });
    },
  });
  await watcher.run();
  assertEquals(names, ["old", "new"]);
  assertThrows(() => watcher.setChecks([{ url: "" }]), TaskFileError, "check 1: url");
  assertThrows(
    () => watcher.setChecks("http://a/" as unknown as []),
    TypeError,
    "Cannot watch http://a/: pass a list",
  );
});

Deno.test("Watcher.runOnce() records runs, and keeps states beyond the watcher", async () => {
  const { server, site, url, posted } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    const history = `${folder}/h.db`;
    const plan = { checks: [{ name: "shop", url }, { name: "api", url }], webhooks: [`${url}hook`] };
    const first = await new Watcher(plan, { history }).runOnce();
    assertEquals(first.runs.map(({ check, verdict }) => [check, verdict]).sort(), [["api", "up"], [
      "shop",
      "up",
    ]]);
    site.status = 503;
    const order: string[] = [];
    const second = await new Watcher(plan, { history, onRun: () => order.push("run") }).runOnce({
      onChecked: () => void order.push("checked"),
    });
    assertEquals(order, ["run", "run", "checked"]);
    assertEquals(second.runs.map(({ changes }) => changes[0]?.kind), ["down", "down"]);
    assertEquals([posted.map(({ kind }) => kind), second.unsent], [["down", "down"], []]);
    const { checks } = await readReport(history, WINDOW);
    assertEquals(checks.map(({ name, runs, condition }) => [name, runs, condition]), [
      ["api", 2, "down"],
      ["shop", 2, "down"],
    ]);
  });
});

Deno.test("Watcher.runOnce() leaves undelivered notices in the history for the next run", async () => {
  const { server, site, url, posted } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    const options = { history: `${folder}/h.db` };
    const plan = { checks: [{ name: "shop", url }], webhooks: [`${url}hook`] };
    site.status = 500;
    site.hookStatus = 500;
    const controller = new AbortController();
    const failures: string[] = [];
    const { unsent } = await new Watcher(plan, {
      ...options,
      signal: controller.signal,
      onDeliveryFailure({ place, error }) {
        failures.push(`${place}: ${error}`);
        controller.abort();
      },
    }).runOnce();
    assertEquals(unsent, [{ place: "webhooks[0]", count: 1 }]);
    assertEquals(failures, ["webhooks[0]: the answer was 500"]);
    site.hookStatus = 204;
    assertEquals((await new Watcher(plan, options).runOnce()).unsent, []);
    assertEquals(posted.map(({ kind }) => kind), ["down"]);
  });
});

Deno.test("Watcher uses an already open history, and leaves it open", async () => {
  const { server, url } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    using history = await openHistory(`${folder}/h.db`);
    await new Watcher([{ name: "shop", url }], { history }).runOnce();
    assertEquals(history.stateOf("shop").condition, "up");
    history.forgetBefore(Date.now() + 60_000);
    assertEquals((await readReport(history.path, WINDOW)).checks[0]?.runs, 0);
  });
  const foreign = {
    path: "x",
    stateOf: () => ({}) as never,
    forgetBefore() {},
    forget: () => [],
    [Symbol.dispose]() {},
  };
  const watcher = new Watcher([{ url }], { history: foreign });
  await assertRejects(() => watcher.runOnce(), TypeError, "openHistory()");
});

Deno.test("Watcher removes runs that are older than keep", async () => {
  const { server, url } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    const history = `${folder}/h.db`;
    await new Watcher([{ url }], { history }).runOnce();
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
    await new Watcher([{ url }], { history, keep: 10 }).runOnce();
    await new Watcher([{ url }], { history, keep: 0 }).runOnce();
    assertEquals((await readReport(history, WINDOW)).checks[0]?.runs, 2);
  });
});

Deno.test("Watcher.run() rejects if the file of its history is removed", async () => {
  const { server, url } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    const history = `${folder}/h.db`;
    let removed = false;
    const watcher = new Watcher([{ url, interval: "200ms" }], {
      history,
      onRun() {
        if (!removed) Deno.removeSync(history);
        removed = true;
      },
    });
    const error = await assertRejects(() => watcher.run());
    assertInstanceOf(error, HistoryError);
    assert(removed && error.message.endsWith("its file was removed or replaced"), error.message);
  });
});

Deno.test("Watcher.run() continues if another process holds the history, and reports the missing run", async () => {
  const { server, url } = serve();
  await using _server = server;
  await withFolder(async (folder) => {
    const history = `${folder}/h.db`;
    const problems: string[] = [];
    let runs = 0;
    const { DatabaseSync } = await import("node:sqlite");
    (await openHistory(history))[Symbol.dispose]();
    using other = new DatabaseSync(history);
    const watcher = new Watcher([{ name: "shop", url, interval: "50ms" }], {
      history,
      onRun() {
        if (++runs === 1) other.exec("BEGIN IMMEDIATE");
        else watcher.stop();
      },
      onProblem({ message }) {
        problems.push(message);
        other.exec("ROLLBACK");
      },
    });
    await watcher.run();
    assertEquals([runs, problems.length], [2, 1]);
    assert(problems[0]?.endsWith("a run of shop is not in it"), problems[0]);
  });
});

Deno.test("Watcher refuses checks with mistakes before anything runs", () => {
  const error = assertThrows(
    () => new Watcher([{ url: "http://a.test/", interval: "soon" }, { url: "http://b.test/", retries: -1 }]),
    TaskFileError,
  );
  assertEquals(error.problems.length, 2);
});
