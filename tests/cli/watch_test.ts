import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { CONN_GROUPS } from "../../lib/cli/flags/flags_conn.ts";
import { LocalFault } from "../../lib/cli/local_fault.ts";
import type { Output } from "../../lib/cli/output/output.ts";
import { parseExpectation } from "../../lib/expect.ts";
import { History } from "../../lib/watch/history/history.ts";
import { withFolder } from "../_folder.ts";
import { run, TextOutput } from "./_run.ts";

const CLI = new URL("../../cli.ts", import.meta.url).pathname;
const MOD = new URL("../../mod.ts", import.meta.url).href;

/** A service that can be told what to be. */
class Service implements AsyncDisposable {
  status = 200;
  requests = 0;
  #onRequest = (): void => {};
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      this.requests++;
      this.#onRequest();
      const { headers } = request;
      // What a server gives back of secrets, so that they are cut where texts are.
      const echo = `${"x".repeat(180)}${headers.get("x-key") ?? ""} ${headers.get("authorization") ?? ""}`;
      return new Response("hi", { status: this.status, headers: { Echo: echo } });
    });
  }

  /** Waits until there were so many requests. */
  async requested(count: number): Promise<void> {
    while (this.requests < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onRequest = resolve;
      await promise;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

Deno.test("sonde watch --check says whether a file is in order, without network", async () => {
  await withFolder(async (folder) => {
    const good = `${folder}/good.json`;
    await Deno.writeTextFile(good, JSON.stringify([{ url: "http://127.0.0.1:1/" }, { url: "a.test" }]));
    assertEquals(await run(["watch", "--check", good]), {
      code: 0,
      stdout: `${good}: 2 checks are in order\n`,
      stderr: "",
    });
    const rows: [name: string, content: string, message: RegExp][] = [
      [
        "bad.json",
        '[{"url": "a.test", "expect": ["stauts"]}]',
        /^sonde: .*bad\.json: check 1 \(a\.test\): expect\[0\]: /,
      ],
      ["text.json", "[{", /^sonde: .*text\.json: it is no JSON: /],
      ["no_default.ts", "export const a = 1;", /^sonde: .*no_default\.ts: it has no default export/],
      [
        "remote.ts",
        'import "http://127.0.0.1:1/mod.ts";',
        /^sonde: .*remote\.ts: it cannot be loaded: Requires import access to "127\.0\.0\.1:1".*--allow-import[^\\]*$/,
      ],
      [
        "yaml.yaml",
        "checks: []",
        /^sonde: .*yaml\.yaml: it is no JSON, and by its name no module .* either: /,
      ],
      ["throws.ts", "throw new Error('oh');", /^sonde: .*throws\.ts: it cannot be loaded: oh/],
    ];
    for (const [name, content, message] of rows) {
      await Deno.writeTextFile(`${folder}/${name}`, content);
      const { code, stdout, stderr } = await run(["watch", "--check", `${folder}/${name}`]);
      assertEquals([code, stdout], [2, ""], name);
      assertMatch(stderr, message);
    }
    assertMatch((await run(["watch", "--check", `${folder}/none.json`])).stderr, /there is no such file\n$/);
    assertMatch((await run(["watch", "--check", folder])).stderr, /: it is a folder\n$/);
    // With the mark that some editors begin a file with, and whatever the name of JSON is.
    await Deno.writeTextFile(`${folder}/checks`, '\ufeff[{"url": "a.test"}]');
    assertEquals((await run(["watch", "--check", `${folder}/checks`])).code, 0);
    // A module is loaded anew by another spelling of its folder, which nobody wrote.
    await Deno.writeTextFile(`${folder}/torn.ts`, "export default [");
    await Deno.writeTextFile(`${folder}/leads.ts`, 'import "./a b/none.ts";');
    for (const name of ["torn.ts", "leads.ts"]) {
      for (let load = 0; load < 3; load++) {
        const { stderr } = await run(["watch", "--check", `${folder}/${name}`]);
        assertStringIncludes(
          stderr,
          name === "torn.ts" ? `file://${folder}/torn.ts:1:` : `${folder}/a%20b/none.ts`,
        );
      }
    }
  });
});

Deno.test("sonde watch refuses flags that do not fit together", async () => {
  const rows: [args: string[], message: string][] = [
    [[], "no task file was given"],
    [["a.json", "b.json"], '"b.json" is one too many'],
    [["--format", "junit", "a.json"], "add --once"],
    [["--once", "--check", "a.json"], "contradict each other"],
  ];
  for (const [args, message] of rows) {
    const { code, stderr } = await run(["watch", ...args]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
});

Deno.test("sonde watch --once ends with a code by the results, in every format", async () => {
  await using good = new Service();
  await using bad = new Service();
  bad.status = 503;
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const checks = [{ name: "good", url: good.url, tags: ["a"] }, {
      name: "bad",
      url: bad.url,
      tags: ["b"],
      timeout: "7s",
    }];
    await Deno.writeTextFile(file, JSON.stringify(checks));
    const rows: [args: string[], code: number, stdout: RegExp][] = [
      [
        [],
        1,
        /^(?=[^]*^up +200 .* good$)(?=[^]*^DOWN +503 .* bad$)[^]* {2}DOWN {2}bad\n {21}not status < 400 \(found 503\)\n$/m,
      ],
      [["--only", "a"], 0, /^up +200 .* good\n$/],
      [["--only", "bad"], 1, /^DOWN /],
      [["-q"], 1, /^$/],
      [["--json", "--only", "good"], 0, /^\{"schema":1,.*"tag":"good".*\}\n$/],
      [["--format", "md"], 1, /^\| check \| input \| status [^]*^\| bad \| http:\/\/[^ ]* \| 503 unmet \|/m],
      [["--format", "csv"], 1, /^input,url,.*,tag$[^]*^http:\/\/.*,bad$/m],
      [
        ["--format", "junit"],
        1,
        /^<\?xml [^]*<testsuite name="bad"[^]*name="bad: GET http:[^]*name="bad: status[^]*<\/testsuites>\n$/,
      ],
      [["--format", "har"], 1, /^\{"log":[^]*"comment":"bad"[^]*\]\}\}\n$/],
      [["--format", "prom"], 1, /\nprobe_success\{target="http:\/\/[^"]*",tag="bad"\} 0\n/],
      [["--format", "prom"], 1, /\nprobe_timeout_seconds\{target="http:\/\/[^"]*",tag="bad"\} 7\n/],
      [["--format", "nagios"], 2, /^HTTP CRITICAL - 1 of 2 ok .*\nbad \(http:.*\): CRITICAL - 503 in .*\n$/],
      [["--format", "nagios", "--only", "bad"], 2, /^HTTP CRITICAL - bad: 503 in .* \| time=/],
    ];
    for (const [args, code, stdout] of rows) {
      const outcome = await run(["watch", "--once", ...args, file]);
      assertEquals([outcome.code, outcome.stderr], [code, ""], args.join(" "));
      assertMatch(outcome.stdout, stdout);
    }
    assertMatch(
      (await run(["watch", "--once", "--only", "none", file])).stderr,
      /no check has one of the names/,
    );
  });
});

Deno.test("sonde watch --once writes documents in the order of the file, and text as checks end", async () => {
  let second = Promise.withResolvers<void>();
  let format = "";
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const first = new URL(request.url).pathname === "/first";
    if (first) await second.promise;
    // As text it is shown before the first is answered; in a document it must not be, so that is answered late.
    else if (format !== "text") second.resolve();
    return new Response(first ? "x".repeat(3_000_000) : "");
  });
  class ShownText extends TextOutput {
    override write(text: string): Promise<void> {
      if (text.includes("second")) second.resolve();
      return super.write(text);
    }
  }
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    const names = ["first", "second"];
    const url = `http://127.0.0.1:${server.addr.port}/`;
    await Deno.writeTextFile(file, JSON.stringify(names.map((name) => ({ name, url: url + name }))));
    const rows: [format: string, order: RegExp][] = [
      ["md", /first[^]*second/],
      ["csv", /first[^]*second/],
      ["json", /first[^]*second/],
      ["junit", /first[^]*second/],
      ["text", /second[^]*first/],
    ];
    for (const [name, order] of rows) {
      format = name;
      second = Promise.withResolvers();
      const stdout = new ShownText();
      assertEquals((await run(["watch", "--once", "--format", format, file], { stdout })).code, 0, format);
      assertMatch(stdout.text, order, format);
    }
  });
});

Deno.test("sonde watch --once counts failures from run to run in its history", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const command = ["/bin/sh", "-c", `echo "$SONDE_KIND $SONDE_SINCE" >> ${folder}/told`];
    await Deno.writeTextFile(
      file,
      JSON.stringify({ checks: [{ name: "a", url: service.url, failures: 3 }], commands: [command] }),
    );
    for (const status of [200, 503, 503, 503, 503, 200]) {
      service.status = status;
      const { code, stderr } = await run(["watch", "--once", "--history", db, file]);
      assertEquals([code, stderr], [status === 200 ? 0 : 1, ""]);
    }
    const database = new DatabaseSync(db);
    const startOf = (n: number) =>
      new Date(Number(database.prepare("SELECT at FROM runs ORDER BY at").all()[n]?.["at"]));
    assertEquals(
      await Deno.readTextFile(`${folder}/told`),
      `down ${startOf(1).toISOString()}\nup ${startOf(5).toISOString()}\n`,
    );
    database.close();
  });
});

Deno.test("sonde watch --once says what it could not deliver, and the next run goes on with it", async () => {
  await using bad = new Service();
  bad.status = 503;
  const told: string[] = [];
  const answered = Promise.withResolvers<void>();
  let refused = 0;
  let stop = new AbortController();
  let hangs = true;
  await using hook = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    if (new URL(request.url).pathname === "/hook") {
      if (hangs) await answered.promise;
      else told.push((await request.json() as { kind: string }).kind);
      return new Response();
    }
    // The second try comes when the first one has failed for good.
    if (++refused % 2 === 0) stop.abort();
    return new Response(null, { status: 500 });
  });
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const server = `http://127.0.0.1:${hook.addr.port}`;
    const write = (...webhooks: string[]) =>
      Deno.writeTextFile(file, JSON.stringify({ checks: [{ name: "shop", url: bad.url }], webhooks }));
    await Deno.writeTextFile(`${folder}/key`, "a-secret");
    await write(`${server}/\${file:${folder}/key}`, `${server}/hook`);
    const rows: [args: string[], fate: string][] = [
      [[], "lost, as there is no --history to keep them"],
      [["--history", db], "kept in the history for the next run"],
    ];
    for (const [args, fate] of rows) {
      stop = new AbortController();
      const { code, stdout, stderr } = await run(["watch", "--once", ...args, file], { signal: stop.signal });
      assertEquals(code, 130);
      assertMatch(stdout, /^DOWN .* shop$/m);
      assertEquals(stderr.split("\n"), [
        'sonde: webhooks[0]: Cannot deliver "down" of shop: the answer was 500',
        `sonde: webhooks[0]: 1 notice is not delivered, and ${fate}`,
        `sonde: webhooks[1]: 1 notice is not delivered, and ${fate}`,
        "",
      ]);
    }
    hangs = false;
    // Not a change any more, and delivered all the same.
    await write(`${server}/hook`);
    const { code, stderr } = await run(["watch", "--once", "--history", db, file]);
    assertEquals([code, stderr, told], [1, "", ["down"]]);
  });
  answered.resolve();
});

Deno.test("sonde watch takes a module that computes its checks, imported by URL", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const file = `${folder}/checks.ts`;
    await Deno.writeTextFile(
      file,
      `import { defineChecks } from ${JSON.stringify(MOD)};
      const names: string[] = ["a", "b"];
      export default defineChecks(names.map((name) => ({
        name,
        url: ${JSON.stringify(service.url)} + name,
        test: { "says hi": ({ body }) => body?.text === (name === "a" ? "hi" : "ho") },
      })));`,
    );
    const { code, stdout } = await run(["watch", "--once", file]);
    assertEquals(code, 1);
    assertMatch(stdout, /^up .* a$/m);
    assertMatch(stdout, /^DOWN .* b\n {9}not says hi \(found false\)$/m);
  });
});

interface Event {
  readonly type: "run" | "change";
  readonly check: string;
  readonly verdict?: string;
  readonly kind?: string;
}

/** `sonde watch --json` as a process, with its events one by one. */
class WatchProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(...args: string[]) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "-A", CLI, "watch", "--json", ...args],
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.timeout(60_000),
    }).spawn();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Reads until an event that is wanted. */
  async until(wanted: (event: Event) => boolean): Promise<Event> {
    while (true) {
      const end = this.#rest.indexOf("\n");
      if (end === -1) {
        const { value, done } = await this.#lines.read();
        if (done) throw new Error("The watch ended");
        this.#rest += value;
        continue;
      }
      const event = JSON.parse(this.#rest.slice(0, end)) as Event;
      this.#rest = this.#rest.slice(end + 1);
      if (wanted(event)) return event;
    }
  }

  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async end(signal: Deno.Signal): Promise<number> {
    this.signal(signal);
    await this.#lines.cancel();
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.cancel();
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It ended by itself.
    }
    await this.#child.status;
  }
}

Deno.test("sonde watch follows what services do, over a kill and a restart", async () => {
  await using service = new Service();
  await using other = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    const write = (checks: unknown) => Deno.writeTextFile(file, JSON.stringify(checks));
    const check = { name: "a", url: service.url, interval: "100ms" };
    await write([check]);
    {
      await using watch = new WatchProcess("--history", db, file);
      await watch.until(({ verdict }) => verdict === "up");
      service.status = 503;
      await watch.until(({ kind }) => kind === "down");
      // Killed while the service is down.
      watch.signal("SIGKILL");
    }
    {
      await using watch = new WatchProcess("--history", db, file);
      await watch.until(({ verdict }) => verdict === "down");
      service.status = 200;
      await watch.until(({ kind }) => kind === "up");
      // The file is changed, and taken over by itself.
      await write([check, { name: "b", url: other.url, interval: "100ms" }]);
      await watch.until(({ check }) => check === "b");
      // A file that is wrong is not taken over.
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

/** What a full disk or a terminal that is gone makes of stderr. */
function lostOutput(terminal: boolean): Output {
  return { terminal, broken: false, write: () => Promise.reject(new LocalFault("Cannot write to stderr")) };
}

Deno.test("sonde watch goes on without a stderr that cannot be written, and ends with its terminal", async () => {
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

Deno.test("sonde watch ends when its history was removed or replaced", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    await Deno.writeTextFile(file, JSON.stringify([{ url: service.url, interval: "20ms" }]));
    const ways = [() => Deno.remove(db), () => Deno.rename(`${folder}/other`, db)];
    for (const change of ways) {
      await Deno.writeTextFile(`${folder}/other`, "another file");
      const watching = run(["watch", "-q", "--history", db, file]);
      await service.requested(service.requests + 3);
      await change();
      const { code, stderr } = await watching;
      assertEquals(code, 3);
      assertStringIncludes(stderr, `history ${db}: its file was removed or replaced`);
    }
  });
});

Deno.test("sonde watch reads what a module imports anew, when that was changed and on SIGHUP", async () => {
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

Deno.test({
  name: "sonde watch names the permission that is missing, before anything is sent",
  permissions: { read: true, write: true },
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      await Deno.writeTextFile(
        file,
        JSON.stringify({ checks: [{ url: "http://127.0.0.1:1/" }], commands: [["/bin/true"]] }),
      );
      const { code, stdout, stderr } = await run(["watch", "--once", file]);
      assertEquals([code, stdout], [3, ""]);
      assertStringIncludes(stderr, "Cannot run /bin/true: start Deno with --allow-run=/bin/true");
      await Deno.writeTextFile(file, JSON.stringify([{ url: "http://127.0.0.1:1/", body: "${env:TOKEN}" }]));
      assertStringIncludes(
        (await run(["watch", "--once", file])).stderr,
        "start Deno with --allow-env=TOKEN",
      );
    });
  },
});

Deno.test("sonde watch prints and keeps no secret, whatever is in it", async () => {
  await using service = new Service();
  await withFolder(async (folder) => {
    const [file, db] = [`${folder}/checks.json`, `${folder}/h.db`];
    await Deno.writeTextFile(`${folder}/secret`, 'tr0ub"4|<d&or of a length that is wrapped in texts\n');
    const [reference, leaked] = [`\${file:${folder}/secret}`, /tr0ub|d&(?:amp;)?or|wrapped|plainpw|cGxhaW5w/];
    const url = `${service.url.replace("//", "//me:plainpw@")}?key=${reference}`;
    const checks = [{ url, headers: { "X-Key": reference }, expect: ["url == x", "header.echo == x"] }];
    const webhooks = [`${service.url.replace("//", "//hook:plainpw@")}${reference}`];
    await Deno.writeTextFile(
      file,
      JSON.stringify({ checks, webhooks, commands: [["/bin/sh", "-c", `env > ${folder}/told`, reference]] }),
    );
    const formats = ["json", "csv", "md", "har", "junit", "prom", "nagios"];
    for (const args of [[], ...formats.map((format) => ["--format", format])]) {
      const { code, stdout, stderr } = await run(["watch", "--once", "--history", db, ...args, file]);
      assertEquals(code, args[1] === "nagios" ? 2 : 1);
      assertEquals(`${stdout}${stderr}`.match(leaked), null, `${stdout}${stderr}`);
      assert(args[1] === "prom" || stdout.includes("?key="), stdout);
    }
    for (const { name } of Deno.readDirSync(folder)) {
      if (name === "secret") continue;
      const text = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`));
      // The environment that the command was given, and the rest of what was written.
      if (name !== "checks.json") assertEquals(text.match(leaked), null, name);
    }
    const { stdout } = await run(["report", "--format", "html", db]);
    assertEquals(stdout.match(leaked), null);
  });
});

Deno.test("sonde report says what is wrong with a window, and sonde conn shows expectations of its own", async () => {
  const rows: [args: string[], said: RegExp][] = [
    [["report", "--from", "yesterday", "a.db"], /--from: Cannot read "yesterday": .* as in 7d, or a date/],
    [["report", "--from", "1h", "--to", "2h", "a.db"], /--from and --to ends before it begins/],
  ];
  for (const [args, said] of rows) {
    const { code, stderr } = await run(args);
    assertEquals(code, 2);
    assertMatch(stderr, said);
  }
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
  // Every expectation that the help shows is one of profiles.
  const { help } = CONN_GROUPS["Expectations"].expect;
  const shown = [...help.matchAll(/'([^']+)'/g)].map(([, text = ""]) => text);
  assertEquals(shown.length, 3, help);
  for (const text of shown) parseExpectation(text, { subject: "profile" });
});
