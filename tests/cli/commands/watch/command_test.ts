import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { formatsOf } from "../../../../lib/cli/output/formats.ts";
import { withFolder } from "../../../_folder.ts";
import { loadTasks } from "../../../../lib/watch/tasks/load_tasks.ts";
import { utf16 } from "../../../text/decode/_encode.ts";
import { run } from "../../_run.ts";
import { Service } from "./_service.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

const MOD = new URL("../../../../mod.ts", import.meta.url).href;

Deno.test("sonde watch --check validates a task file without network", async (test) => {
  await withFolder(async (folder) => {
    const good = `${folder}/good.json`;
    await Deno.writeTextFile(good, JSON.stringify([{ url: "http://127.0.0.1:1/" }, { url: "a.test" }]));
    const valid = await run(["watch", "--check", good]);
    assertEquals([valid.code, valid.stderr], [0, ""]);
    assert(valid.stdout.startsWith(`${good}: 2 checks are valid\n`), valid.stdout);
    const rows: [name: string, content: string, message: RegExp][] = [
      [
        "bad.json",
        '[{"url": "a.test", "expect": ["stauts"]}]',
        /^sonde: .*bad\.json: check 1 \(a\.test\): expect\[0\]: /,
      ],
      ["empty.json", " \r\n", /^sonde: .*empty\.json: it is empty\nTry sonde watch --help\n$/],
      ["text.json", "[{", /^sonde: .*text\.json: it is not JSON: /],
      ["no_default.ts", "export const a = 1;", /^sonde: .*no_default\.ts: it has no default export/],
      [
        "remote.ts",
        'import "http://127.0.0.1:1/mod.ts";',
        /^sonde: .*remote\.ts: it may not be loaded: this needs --allow-import=127\.0\.0\.1:1\n$/,
      ],
      [
        "yaml.yaml",
        "checks: []",
        /^sonde: .*yaml\.yaml: it is not JSON, nor a module by its name .*: /,
      ],
      [
        "uptime.db",
        "SQLite format 3\0\u0010\0",
        /^sonde: Cannot watch .*uptime\.db: it is a history, .* write sonde report \S*uptime\.db\n/,
      ],
      ["throws.ts", "throw new Error('oh');", /^sonde: .*throws\.ts: it cannot be loaded: oh/],
    ];
    await stepRows(test, rows, async ([name, content, message]) => {
      await Deno.writeTextFile(`${folder}/${name}`, content);
      const { code, stdout, stderr } = await run(["watch", "--check", `${folder}/${name}`]);
      // What a flag of Deno mends is a missing permission, and no mistake.
      assertEquals([code, stdout.includes("valid")], [name === "remote.ts" ? 3 : 2, false], name);
      assertMatch(stderr, message);
    });
    const unread: [path: string, message: string][] = [
      [`${folder}/chekcs`, `there is no such file; the nearest one is ${folder}/checks`],
      [folder, `it is a folder; name a file in it, as in ${folder}/FILE`],
    ];
    await Deno.writeTextFile(`${folder}/checks`, "[]");
    await stepRows(test, unread, async ([path, message]) => {
      const { code, stderr } = await run(["watch", "--check", path]);
      assertEquals([code, stderr], [3, `sonde: Cannot read ${path}: ${message}\n`]);
    });
    // A JSON file may have any name, and the byte order mark that some editors write.
    await Deno.writeTextFile(`${folder}/checks`, '\ufeff[{"url": "a.test"}]');
    assertEquals((await run(["watch", "--check", `${folder}/checks`])).code, 0);
    // As PowerShell writes files, and one with a secret in the same way.
    await stepRows(test, [true, false], async (littleEndian) => {
      await Deno.writeFile(`${folder}/key.txt`, utf16("\ufefftölken\r\n", littleEndian));
      const checks = `\ufeff[{"url": "a.test", "headers": {"X": "\${file:${folder}/key.txt}"}}]`;
      await Deno.writeFile(`${folder}/checks.json`, utf16(checks, littleEndian));
      const { tasks: [task] } = await loadTasks(`${folder}/checks.json`);
      assertEquals(task?.options.headers, [["X", "t\xc3\xb6lken"]]);
    });
    await Deno.writeFile(
      `${folder}/latin1.json`,
      Uint8Array.from('[\n"\xe9"]', (unit) => unit.charCodeAt(0)),
    );
    const { code, stderr } = await run(["watch", "--check", `${folder}/latin1.json`]);
    assertEquals(code, 2);
    assertMatch(stderr, /latin1\.json: line 2 has the byte E9, which is not valid UTF-8/);
    // sonde reloads a module by another spelling of its folder; messages must show the original one.
    await Deno.writeTextFile(`${folder}/torn.ts`, "export default [");
    await Deno.writeTextFile(`${folder}/leads.ts`, 'import "./a b/none.ts";');
    await stepRows(test, ["torn.ts", "leads.ts"], async (name) => {
      for (let load = 0; load < 3; load++) {
        const { stderr } = await run(["watch", "--check", `${folder}/${name}`]);
        assertStringIncludes(
          stderr,
          name === "torn.ts" ? `file://${folder}/torn.ts:1:` : `${folder}/a%20b/none.ts`,
        );
      }
    });
  });
});

testRows<[args: string[], message: string]>("sonde watch refuses contradictory flags", [
  [[], "no task file was given"],
  [["a.json", "b.json"], '"b.json" is one file too many'],
  [["--format", "junit", "a.json"], "add --once"],
], async ([args, message]) => {
  const { code, stderr } = await run(["watch", ...args]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, message);
});

Deno.test("sonde watch accepts a module that computes its checks and imports sonde by URL", async () => {
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
    assertMatch(stdout, /^DOWN .* b \(not says hi \(found false\)\)$/m);
  });
});

Deno.test({
  name: "sonde watch names a missing permission before it sends anything",
  permissions: { read: true, write: true },
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      await Deno.writeTextFile(
        file,
        JSON.stringify({ checks: [{ url: "http://127.0.0.1:1/" }], commands: [["/bin/true"]] }),
      );
      const { code, stdout, stderr } = await run(["watch", "--once", "--history", `${folder}/h.db`, file]);
      assertEquals([code, stdout], [3, ""]);
      assertStringIncludes(stderr, "Cannot run /bin/true: this needs --allow-run=/bin/true");
      await Deno.writeTextFile(file, JSON.stringify([{ url: "http://127.0.0.1:1/", body: "${env:TOKEN}" }]));
      const secret = await run(["watch", "--once", file]);
      assertEquals([secret.code, secret.stdout], [3, ""]);
      assertStringIncludes(secret.stderr, "this needs --allow-env=TOKEN");
    });
  },
});

Deno.test("sonde watch neither prints nor stores secrets, whatever characters they contain", async (test) => {
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
    const formats = formatsOf("results").filter((format) => format !== "text");
    await stepRows(test, [[], ...formats.map((format) => ["--format", format])], async (args) => {
      const { code, stdout, stderr } = await run(["watch", "--once", "--history", db, ...args, file]);
      assertEquals(code, args[1] === "nagios" ? 2 : 1);
      assertEquals(`${stdout}${stderr}`.match(leaked), null, `${stdout}${stderr}`);
      assert(args[1] === "prom" || stdout.includes("?key="), stdout);
    });
    for (const { name } of Deno.readDirSync(folder)) {
      if (name === "secret") continue;
      const text = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`));
      // The environment of the command, and all other written data.
      if (name !== "checks.json") assertEquals(text.match(leaked), null, name);
    }
    const { stdout } = await run(["report", "--format", "html", db]);
    assertEquals(stdout.match(leaked), null);
  });
});
