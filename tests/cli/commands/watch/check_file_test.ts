import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withFolder } from "../../../_folder.ts";
import { testRows } from "../../../_test_rows.ts";
import { run } from "../../_run.ts";

const CLI = new URL("../../../../cli.ts", import.meta.url).pathname;
const CHECK = { name: "shop", url: "http://127.0.0.1:1/" };

/** Runs a command line of a shell, with `deno` as the program that runs this test. */
async function shell(
  command: string,
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command("/bin/sh", {
    args: ["-c", `deno() { ${Deno.execPath()} "$@"; }\n${command} </dev/null`],
    cwd,
    env: { NO_COLOR: "1", TOKEN: "s3cret-token" },
    signal: AbortSignal.timeout(300_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

testRows<[content: unknown, args: string[], needs: string[]]>(
  "sonde watch --check lists the permissions of a file",
  [
    [[CHECK], [], ["--allow-net=127.0.0.1:1  shop", "--allow-read=FILE  the task file"]],
    [[{ url: "a.test" }], [], ["--allow-net=a.test:443  a.test", "--allow-net=a.test:80  a.test"]],
    [[{ url: "https://a.test" }, { url: "a.test:443/x" }], [], [
      "--allow-net=a.test:443  https://a.test, a.test:443/x",
    ]],
    [[{ url: "http://[::1]:81/" }], [], ["--allow-net=[::1]:81  http://[::1]:81/"]],
    [[{ url: "https://a.test/", address: "192.0.2.1:8443" }], [], [
      "--allow-net=192.0.2.1:8443  https://a.test/",
    ]],
    [[{ url: "https://a.test/", resolve: "a.test:443:192.0.2.1" }], [], [
      "--allow-net=192.0.2.1:443  https://a.test/",
    ]],
    [[{ url: "https://a.test/", denyPrivate: true }], [], ["--allow-net  https://a.test/"]],
    [[{ url: "http://a/", unixSocket: "/run/a.sock" }], [], [
      "--allow-net  http://a/",
      "--allow-read=/run/a.sock  http://a/",
      "--allow-write=/run/a.sock  http://a/",
    ]],
    [[{ ...CHECK, url: "https://a.test/", maxRedirects: 1 }], [], [
      "shop follows redirects: add the hosts that they lead to, or write --allow-net alone",
    ]],
    [{ checks: [CHECK], webhooks: ["https://hooks.test/x"] }, [], [
      "--allow-net=hooks.test:443  webhooks[0]",
    ]],
    [{ checks: [CHECK], commands: [["./tell", "x"]] }, [], ["--allow-run=./tell  commands[0]"]],
    [[{ ...CHECK, body: "${env:TOKEN}" }], [], ["--allow-env=TOKEN  ${env:TOKEN}"]],
    [[{ ...CHECK, bodyFile: "FOLDER/body" }], [], ["--allow-read=FOLDER/body  a file that it names"]],
    // No flag can name a path with a comma.
    [[{ ...CHECK, bodyFile: "FOLDER/a,b" }], [], ["--allow-read  a file that it names"]],
    [[{ ...CHECK, body: "${file:FOLDER/body}" }], [], ["--allow-read=FOLDER/body  ${file:FOLDER/body}"]],
    [[CHECK], ["--history", "FOLDER/h.db"], [
      "--allow-read=FOLDER  the history",
      "--allow-write=FOLDER  the history",
    ]],
    [[CHECK], ["-o", "FOLDER/out"], ["--allow-write=FOLDER/out  the output"]],
    [[CHECK], ["--once", "--format", "prom", "-o", "FOLDER/out"], [
      "--allow-read=FOLDER  the output",
      "--allow-write=FOLDER  the output",
    ]],
    [[CHECK, { name: "other", url: "https://b.test/" }], ["--only", "other"], [
      "--allow-net=b.test:443  other",
    ]],
  ],
  async ([content, args, needs]) => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      const located = (text: string) => text.replaceAll("FOLDER", folder).replaceAll("FILE", file);
      Deno.env.set("TOKEN", "s3cret-token");
      await Deno.writeTextFile(`${folder}/body`, "content");
      await Deno.writeTextFile(`${folder}/a,b`, "content");
      await Deno.writeTextFile(file, located(JSON.stringify(content)));
      const { code, stdout, stderr } = await run(["watch", "--check", ...args.map(located), file]);
      assertEquals([code, stderr], [0, ""]);
      const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/, "  "));
      for (const need of needs) assert(lines.includes(located(need)), `${located(need)} in ${stdout}`);
    });
  },
);

Deno.test("sonde watch runs with exactly the command that --check prints, and not with less", async () => {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const isKnown = request.headers.get("x-token") === "s3cret-token";
    return new Response(null, { status: isKnown ? 503 : 401 });
  });
  const host = `127.0.0.1:${server.addr.port}`;
  await withFolder(async (folder) => {
    const path = `${folder}/it's here`;
    await Deno.mkdir(path);
    await Deno.writeTextFile(`${path}/names.ts`, 'export const names: string[] = ["shop"];');
    await Deno.writeTextFile(`${path}/key`, "s3cret-key");
    await Deno.writeTextFile(
      `${path}/checks.ts`,
      `import { names } from "./names.ts";
      const url = "http://${host}/\${file:key}";
      const headers = { "X-Token": "\${env:TOKEN}" };
      export default {
        checks: names.map((name) => ({ name, url, headers, expect: ["status == 503"] })),
        webhooks: ["http://${host}/\${file:key}"],
        commands: [["/bin/true"]],
      };`,
    );
    const args = `watch --check --once --history h.db "it's here/checks.ts"`;
    const first = await shell(
      `deno run --no-prompt "--allow-read=it's here/checks.ts" ${CLI} ${args}`,
      folder,
    );
    assertEquals(first.code, 3, first.stdout + first.stderr);
    assertMatch(first.stderr, /^sonde: it's here\/checks\.ts: .*--allow-read/m);
    assertMatch(first.stdout, /^Ask again with:\n {2}deno run '--allow-read=.* watch --check --once /m);
    const all = await shell(`deno run --allow-all ${CLI} ${args}`, folder);
    assertEquals([all.code, all.stderr], [0, ""]);
    const command = all.stdout.trimEnd().split("\n").at(-1)!;
    const outcome = await shell(command, folder);
    assertEquals([outcome.code, outcome.stderr], [0, ""], command);
    assertMatch(outcome.stdout, /^up +503 .* shop$/m);
    // The words are the same, whoever starts it.
    const again = await shell(command.replace(" watch ", " watch --check "), folder);
    assertEquals([again.code, again.stdout], [0, all.stdout]);
    const flags = command.match(/ (?:'--allow(?:[^']|'\\'')*'|--allow\S*)/g) ?? [];
    assert(flags.length === 5, command);
    for (const flag of flags) {
      const less = await shell(
        command.replace(flag, " --no-prompt").replace(" watch ", " watch --check "),
        folder,
      );
      assertEquals(less.code, 3, `without${flag}: ${less.stdout}${less.stderr}`);
      assertStringIncludes(less.stderr, flag.trim().replaceAll("'", "").split("=")[0]!);
    }
  });
});

Deno.test({
  name: "sonde watch --check names each missing permission and the check that needs it",
  permissions: { read: true, write: true, net: ["127.0.0.1:1"] },
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.json`;
      const checks = [CHECK, { name: "far", url: "http://far.test/" }, {
        name: "hidden",
        url: "http://${env:HOST}/",
      }];
      await Deno.writeTextFile(file, JSON.stringify({ checks, commands: [["/bin/true"]] }));
      const text = await run(["watch", "--check", file]);
      assertEquals([text.code, text.stderr.split("\n")], [3, [
        `sonde: ${file}: far: this needs --allow-net=far.test:80`,
        `sonde: ${file}: \${env:HOST}: this needs --allow-env=HOST`,
        `sonde: ${file}: commands[0]: this needs --allow-run=/bin/true`,
        "",
      ]]);
      assertStringIncludes(
        text.stdout,
        "  a host or program that is a secret is unknown until sonde may read the secret\n",
      );
      assert(!text.stdout.includes("hidden"), text.stdout);
      const { permissions, command } = JSON.parse((await run(["watch", "--check", "--json", file])).stdout);
      assertEquals(permissions.slice(0, 2), [
        { access: "net", value: "127.0.0.1:1", for: ["shop"], granted: true },
        { access: "net", value: "far.test:80", for: ["far"], granted: false },
      ]);
      assertEquals(command.slice(0, 3), ["deno", "run", "--allow-net=127.0.0.1:1,far.test:80"]);
      assertEquals((await run(["watch", "--check", "-q", file])).stdout, "");
    });
  },
});

testRows<[code: string, needs: string[], unknown: string | undefined]>(
  "sonde watch --check finds what the code of a task file needs for itself",
  [
    ['const name = Deno.env.get("NAME") ?? "x";', ["--allow-env=NAME  its code"], undefined],
    [
      "const name = Deno.readTextFileSync(import.meta.filename!).slice(0, 1);",
      [],
      "its code calls Deno.readTextFileSync",
    ],
    [
      "const name = (await Promise.all([])).join() || 'x'; void (() => fetch(name));",
      [],
      "its code calls fetch",
    ],
    ['const name = "x";', [], undefined],
  ],
  async ([code, needs, unknown]) => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.ts`;
      await Deno.writeTextFile(file, `${code}\nexport default [{ name, url: "http://127.0.0.1:1/" }];\n`);
      const { stdout } = await run(["watch", "--check", file]);
      const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/, "  "));
      for (const need of needs) assert(lines.includes(need), stdout);
      assertEquals(lines.find((line) => line.startsWith("its code calls"))?.split(":")[0], unknown);
    });
  },
);

Deno.test({
  name: "sonde watch --check asks for the permission that the code of a task file lacks",
  permissions: { read: true, write: true },
  fn: async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/checks.ts`;
      await Deno.writeTextFile(
        file,
        'const at = "WHERE"; export default [{ url: `http://${Deno.env.get(at)}/` }];',
      );
      const { code, stdout, stderr } = await run(["watch", "--check", file]);
      assertEquals([code, stderr], [3, `sonde: ${file}: its code: this needs --allow-env=WHERE\n`]);
      assertMatch(
        stdout,
        /^Ask again with:\n {2}deno run --allow-read=\S+ --allow-env=WHERE .* watch --check /m,
      );
    });
  },
});

testRows<[args: string[], words: string]>("sonde watch --check keeps the flags of a watch in the command", [
  [["--once"], "watch --once FILE"],
  [["--once", "--format", "junit", "-o", "x.xml"], "watch --once --format junit --output x.xml FILE"],
  [["--history", "h.db", "--keep", "0"], "watch --history h.db --keep 0ms FILE"],
  [["--history", "h.db", "--keep", "90d"], "watch --history h.db FILE"],
  [["--only", "shop"], "watch --only shop FILE"],
], async ([args, words]) => {
  await withFolder(async (folder) => {
    const file = `${folder}/checks.json`;
    await Deno.writeTextFile(file, JSON.stringify([CHECK]));
    const { stdout } = await run(["watch", "--check", ...args, file]);
    assert(stdout.endsWith(`cli.ts ${words.replace("FILE", file)}\n`), stdout);
  });
});
