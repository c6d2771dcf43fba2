import { assertEquals, assertMatch } from "@std/assert";
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

Deno.test("cli.ts can be run by URL from an empty folder, without permission where none is needed", async () => {
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

Deno.test("A file of checks may import mod.ts by URL, and be run by cli.ts by URL, from an empty folder", async () => {
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
  assertMatch(stdout, /^DOWN +404 .* lib\/none\.ts\n +not is source \(found false\)$/m);
});
