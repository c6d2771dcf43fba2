import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runModule } from "../_process.ts";
import { testRows } from "../_test_rows.ts";
import { withFolder } from "../_folder.ts";

const SCRIPT = new URL("../../scripts/watch.ts", import.meta.url).href;

testRows<[signal: Deno.Signal]>(
  "scripts/watch.ts prints a change, and writes a page when a signal ends it",
  [["SIGINT"], ["SIGTERM"]],
  async ([signal]) => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(null, { status: 500 }),
    );
    const url = `http://127.0.0.1:${server.addr.port}/`;
    await withFolder(async (folder) => {
      await using child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--allow-net", "--allow-read=.", "--allow-write=.", SCRIPT, url],
        cwd: folder,
        env: { NO_COLOR: "1" },
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      let printed = "";
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
        if (printed === "") child.kill(signal);
        printed += text;
      }
      assertEquals((await child.status).code, 0);
      assertMatch(printed, /^[0-9-]+ [0-9:]+ {2}DOWN {2}http:/);
      assertStringIncludes(printed, "not status < 400 (found 500)");
      const page = Deno.readTextFileSync(`${folder}/uptime.html`);
      assert(page.startsWith("<!doctype html>") && page.includes(url));
    });
  },
  { ignore: Deno.build.os === "windows" },
);

Deno.test("scripts/watch.ts explains its usage without a URL", async () => {
  const { code, stderr } = await runModule("scripts/watch.ts", ["--allow-net"], []);
  assertEquals([code, stderr], [2, "Usage: watch.ts URL…\n"]);
});
