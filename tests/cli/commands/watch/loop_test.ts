import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { LocalFault } from "../../../../lib/cli/local_fault.ts";
import type { Output } from "../../../../lib/cli/output/output.ts";
import { withFolder } from "../../../_folder.ts";
import { run } from "../../_run.ts";
import { Service } from "./_service.ts";
import { WatchProcess } from "./_watch_process.ts";
import { stepRows } from "../../../_test_rows.ts";

Deno.test("sonde watch tracks the states of services across a kill and a restart", async () => {
  await using service = new Service();
  await using other = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const write = (checks: unknown) => Deno.writeTextFile(file, JSON.stringify(checks));
    const check = { name: "a", url: service.url, interval: "100ms" };
    await write([check]);
    {
      await using watch = new WatchProcess("--history", db, file);
      assertEquals((await watch.until(({ verdict }) => verdict === "up")).cause, null);
      service.status = 503;
      await watch.until(({ kind }) => kind === "down");
      // Killed while the service is down.
      watch.signal("SIGKILL");
    }
    {
      await using watch = new WatchProcess("--history", db, file);
      assertEquals(
        (await watch.until(({ verdict }) => verdict === "down")).cause,
        "not status < 400 (found 503)",
      );
      service.status = 200;
      await watch.until(({ kind }) => kind === "up");
      // sonde notices the changed file and loads it.
      await write([check, { name: "b", url: other.url, interval: "100ms" }]);
      await watch.until(({ check }) => check === "b");
      // sonde ignores a file with mistakes.
      await write([{ name: "c" }]);
      watch.signal("SIGHUP");
      await watch.until(({ check }) => check === "b");
      await write([{ name: "c", url: other.url, interval: "100ms" }]);
      watch.signal("SIGHUP");
      await watch.until(({ check }) => check === "c");
      assertEquals(await watch.end("SIGTERM"), 130);
    }
    const database = new DatabaseSync(db, { readOnly: true });
    const changes = database.prepare(
      "SELECT kind FROM changes JOIN checks ON check_id = checks.id WHERE name = ?",
    ).all("a");
    assertEquals(changes.map(({ kind }) => kind), ["down", "up"]);
    const verdicts = database.prepare(
      "SELECT DISTINCT verdict FROM runs JOIN checks ON check_id = checks.id WHERE name = 'a' ORDER BY verdict",
    ).all();
    assertEquals(verdicts.map(({ verdict }) => verdict), ["down", "up"]);
    const [counts] = database.prepare("SELECT count(*) AS runs FROM runs").all();
    assert(Number(counts?.["runs"]) <= service.requests + other.requests);
    database.close();
  });
});

/** A stderr that fails like a full disk or a closed terminal. */
function lostOutput(terminal: boolean): Output {
  return { terminal, broken: false, write: () => Promise.reject(new LocalFault("Cannot write to stderr")) };
}

Deno.test("sonde watch continues if stderr cannot be written, and ends with its terminal", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    await Deno.writeTextFile(file, JSON.stringify([{ url: service.url, interval: "20ms" }]));
    const stop = new AbortController();
    const watching = run(["watch", file], { stderr: lostOutput(false), signal: stop.signal });
    await service.requested(3);
    stop.abort();
    assertEquals((await watching).code, 130);
    const left = await run(["watch", file], { stderr: lostOutput(true) });
    assertEquals([left.code, left.stderr], [3, "sonde: Cannot write to stderr\n"]);
  });
});

Deno.test("sonde watch ends when its history is removed or replaced", async (test) => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    await Deno.writeTextFile(file, JSON.stringify([{ url: service.url, interval: "20ms" }]));
    const ways = [() => Deno.remove(db), () => Deno.rename(`${folder}/other`, db)];
    await stepRows(test, ways, async (change) => {
      await Deno.writeTextFile(`${folder}/other`, "another file");
      const watching = run(["watch", "-q", "--history", db, file]);
      await service.requested(service.requests + 3);
      await change();
      const { code, stderr } = await watching;
      assertEquals(code, 3);
      assertStringIncludes(stderr, `history ${db}: its file was removed or replaced`);
    });
  });
});

Deno.test("sonde watch reloads the imports of a module when they change and on SIGHUP", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/parts`);
    const [file, names, prefix] = [`${folder}/checks.ts`, `${folder}/parts/names.ts`, `${folder}/prefix.ts`];
    const write = async (path: string, name: string, value: unknown, imports = "") =>
      await Deno.writeTextFile(path, `${imports}export const ${name} = ${JSON.stringify(value)};\n`);
    await write(prefix, "PREFIX", "first");
    await write(names, "NAMES", ["a"], 'export { PREFIX } from "../prefix.ts";\n');
    await Deno.writeTextFile(
      file,
      `import { NAMES, PREFIX } from "./parts/names.ts";
      export default NAMES.map((name) => ({
        name: PREFIX + " " + name, url: ${JSON.stringify(service.url)}, interval: "100ms",
        test: { reads: () => PREFIX },
      }));`,
    );
    await using watch = new WatchProcess(file);
    await watch.until(({ check }) => check === "first a");
    await write(names, "NAMES", ["a", "b"], 'export { PREFIX } from "../prefix.ts";\n');
    await watch.until(({ check }) => check === "first b");
    await write(prefix, "PREFIX", "second");
    watch.signal("SIGHUP");
    await watch.until(({ check }) => check === "second b");
    await write(prefix, "PREFIX", "third");
    await watch.until(({ check }) => check === "third a");
    assertEquals(await watch.end("SIGTERM"), 130);
  });
});

Deno.test("sonde watch reloads when a file that the task file names changes, or appears", async () => {
  let wanted = { token: "", seen: Promise.withResolvers<void>() };
  const until = async (token: string): Promise<void> => {
    wanted = { token, seen: Promise.withResolvers() };
    await wanted.seen.promise;
  };
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    if (request.headers.get("x-token") === wanted.token) wanted.seen.resolve();
    return new Response();
  });
  await withFolder(async (folder) => {
    const [file, url] = [`${folder}/checks.json`, `http://127.0.0.1:${server.addr.port}/`];
    const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
    const check = (name: string) =>
      JSON.stringify([{ url, interval: "50ms", headers: { "X-Token": `\${file:${name}}` } }]);
    await write("token", "first");
    await write("checks.json", check("token"));
    await using watch = new WatchProcess(file);
    await until("first");
    await write("token", "second one");
    await until("second one");
    // The task file has a mistake until the file appears.
    await write("checks.json", check("another"));
    await until("second one");
    await write("another", "third");
    await until("third");
    assertEquals(await watch.end("SIGTERM"), 130);
  });
});

Deno.test("sonde watch and report choose a check whose name has a comma", async (test) => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const checks = ["a,b", "a", "b"].map((name) => ({ name, url: service.url }));
    await Deno.writeTextFile(file, JSON.stringify(checks));
    assertEquals((await run(["watch", "--once", "-q", "--history", db, file])).code, 0);
    const rows: [only: string[], names: string[]][] = [
      [["--only", "a,b"], ["a,b"]],
      [["--only", "b,a"], ["a", "b"]],
      [["--only", "a\\,b", "--only", "b"], ["a,b", "b"]],
    ];
    await stepRows(test, rows, async ([only, names]) => {
      const once = await run(["watch", "--once", "--json", ...only, file]);
      const lines = once.stdout.trim().split("\n").map((line) => JSON.parse(line) as { tag: string });
      assertEquals(lines.map(({ tag }) => tag), names);
      const report = JSON.parse((await run(["report", "--json", ...only, db])).stdout) as {
        checks: { name: string }[];
      };
      assertEquals(report.checks.map(({ name }) => name), names);
    });
    const none = await run(["watch", "--check", "--only", "bb", file]);
    assertStringIncludes(none.stderr, "no check has one of the names or tags bb: the nearest one is b");
  });
});
