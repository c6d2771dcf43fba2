import { assertEquals, assertMatch } from "@std/assert";
import { testRows } from "../_test_rows.ts";
import { ROOT } from "./_source_tree.ts";

/** Serves the files of the repository on loopback. */
function serveRepository(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const path = new URL(request.url).pathname.slice(1);
    if (!path.endsWith(".ts")) return new Response("Not here", { status: 404 });
    const text = await Deno.readTextFile(new URL(path, ROOT)).catch(() => undefined);
    if (text === undefined) return new Response("Not here", { status: 404 });
    return new Response(text, { headers: { "content-type": "application/typescript" } });
  });
}

/** Runs Deno in an empty folder with an empty cache, so that nothing of this machine can help. */
async function runInEmptyFolder(
  args: readonly string[],
  script = "",
): Promise<{ code: number; stdout: string; stderr: string }> {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    await Deno.mkdir(`${folder}/empty`);
    if (script !== "") await Deno.writeTextFile(`${folder}/empty/script.ts`, script);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args],
      cwd: `${folder}/empty`,
      env: { DENO_DIR: `${folder}/cache`, NO_COLOR: "1" },
      signal: AbortSignal.timeout(120_000),
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("mod.ts can be imported by URL from an empty folder, and probes", async () => {
  await using server = serveRepository();
  const host = `127.0.0.1:${server.addr.port}`;
  const script = `
    import { probe } from "http://${host}/mod.ts";
    const result = await probe("http://${host}/lib/version.ts");
    console.log(result.status, result.ok);
  `;
  const { stdout, stderr } = await runInEmptyFolder(
    ["run", "--no-prompt", `--allow-import=${host}`, `--allow-net=${host}`, "script.ts"],
    script,
  );
  assertEquals(stdout, "200 true\n", stderr);
});

/** A script for each narrow entry, with what it prints. */
const SCRIPTS: readonly (readonly [entry: string, script: string, stdout: string])[] = [
  [
    "batch",
    `const rows = await Array.fromAsync(it.probeAll([BASE + "lib/version.ts", BASE + "none"], { ordered: true }));
     console.log(rows.map(({ status }) => status).join());`,
    "200,404\n",
  ],
  [
    "watch",
    `const watcher = new it.Watcher([{ name: "source", url: BASE + "lib/version.ts" }], { history: "h.db" });
     const { runs } = await watcher.runOnce();
     const report = await it.readReport("h.db", { from: 0, to: Date.now() + 1000 });
     console.log(it.formatCheckRun(runs[0]).split(" ")[0], report.checks[0].name, report.checks[0].runs);`,
    "up source 1\n",
  ],
  [
    "download",
    `const { ok, file } = await it.download(BASE + "lib/version.ts", { folder: "." });
     console.log(ok, (await Deno.readTextFile(file)).includes("VERSION"));`,
    "true true\n",
  ],
  [
    "expect",
    `console.log(it.parseExpectation("status == 200").text);`,
    "status == 200\n",
  ],
];

testRows("a narrow entry can be imported alone by URL", SCRIPTS, async ([entry, script, stdout]) => {
  await using server = serveRepository();
  const host = `127.0.0.1:${server.addr.port}`;
  const outcome = await runInEmptyFolder(
    [
      "run",
      "--no-prompt",
      `--allow-import=${host}`,
      `--allow-net=${host}`,
      "--allow-read=.",
      "--allow-write=.",
      "script.ts",
    ],
    `import * as it from "http://${host}/lib/${entry}.ts";\nconst BASE = "http://${host}/";\n${script}`,
  );
  assertEquals(outcome.stdout, stdout, outcome.stderr);
});

Deno.test("cli.ts can be run by URL from an empty folder, without unnecessary permissions", async () => {
  await using server = serveRepository();
  const host = `127.0.0.1:${server.addr.port}`;
  const version = await runInEmptyFolder(["run", "--no-prompt", `http://${host}/cli.ts`, "--version"]);
  assertMatch(version.stdout, /^sonde \d/, version.stderr);
  const probe = await runInEmptyFolder([
    "run",
    "--no-prompt",
    `--allow-net=${host}`,
    `http://${host}/cli.ts`,
    "--json",
    `http://${host}/lib/version.ts`,
  ]);
  assertEquals(probe.code, 0, probe.stderr);
  assertEquals(JSON.parse(probe.stdout).status, 200);
});

Deno.test("a file of checks can import mod.ts by URL, and cli.ts can run it by URL from an empty folder", async () => {
  await using server = serveRepository();
  const host = `127.0.0.1:${server.addr.port}`;
  const checks = `
    import { defineChecks } from "http://${host}/mod.ts";
    export default defineChecks(["lib/version.ts", "lib/none.ts"].map((path) => ({
      name: path,
      url: "http://${host}/" + path,
      test: { "is source": ({ body }) => body?.text?.startsWith("/**") ?? false },
    })));
  `;
  const { code, stdout, stderr } = await runInEmptyFolder(
    [
      "run",
      "--no-prompt",
      "--allow-read=script.ts",
      `--allow-import=${host}`,
      `--allow-net=${host}`,
      `http://${host}/cli.ts`,
      "watch",
      "--once",
      "script.ts",
    ],
    checks,
  );
  assertEquals(code, 1, stderr);
  assertMatch(stdout, /^up +200 .* lib\/version\.ts$/m);
  assertMatch(stdout, /^DOWN +404 .* lib\/none\.ts \(not is source \(found false\)\)$/m);
});
