import type { CommandIo } from "../../../lib/cli/io.ts";
import { plain } from "../../../lib/text/paint.ts";
import { sgrPaint } from "../../text/_sgr_paint.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { run, TextOutput } from "../_run.ts";
import { stepRows } from "../../_test_rows.ts";

/** Paints for stdout and stderr, whatever they are, and never for a file. */
const paintFor: CommandIo["paintFor"] = (output) =>
  Promise.resolve(output instanceof TextOutput ? sgrPaint : plain);

Deno.test("-q prints nothing, but still writes the file of -o or --resume", async (test) => {
  const folder = await Deno.makeTempDir();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hi"),
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const path = (name: string): string => `${folder}/${name}`;
  try {
    await Deno.writeTextFile(path("list"), `${url}\n`);
    await Deno.writeTextFile(path("checks.json"), JSON.stringify({ checks: [{ name: "shop", url }] }));
    await run(["probe", "--json", "-q", "-o", path("a"), url]);
    await run(["probe", "--json", "-q", "-I", "-o", path("b"), url]);
    const rows: [args: string[], flag: string, code: number, text: string][] = [
      [["probe", url], "-o", 0, "HTTP/1.1 200 OK"],
      [["probe", "--json", url], "-o", 0, '"status":200'],
      [["probe", "-n", "2", url], "-o", 0, "p90"],
      [["probe", "--format", "csv", url], "-o", 0, ",200,"],
      [["batch", path("list")], "-o", 0, "200 "],
      [["batch", "--json", path("list")], "--resume", 0, '"status":200'],
      [["batch", "--format", "prom", path("list")], "-o", 0, "probe_success"],
      [["conn", "--only", "close", "--json", url], "-o", 0, '"close"'],
      [["conn", "--only", "close", "--format", "md", url], "-o", 0, "close"],
      [["conn", "--only", "close", url], "-o", 0, "close"],
      [["diff", path("a"), path("b")], "-o", 1, "HEAD"],
      [["watch", "--once", path("checks.json")], "-o", 0, "shop"],
      [["watch", "--once", "--format", "prom", path("checks.json")], "-o", 0, "probe_success"],
      [["raw", "--send", "GET / HTTP/1.0\\r\\n\\r\\n", url.slice(7, -1)], "-o", 0, "HTTP/1.0 200"],
    ];
    await stepRows(test, rows.entries(), async ([index, [args, flag, code, text]]) => {
      const line = args.join(" ");
      const file = path(`out-${index}`);
      const quiet = await run([...args, "-q", flag, file], { paintFor });
      assertEquals([quiet.code, quiet.stdout, quiet.stderr], [code, "", ""], line);
      const written = await Deno.readTextFile(file);
      assertStringIncludes(written, text, line);
      assertEquals(written.includes("\x1b"), false, line);
      if (flag !== "-o") return;
      const silent = await run([...args, "-q"]);
      assertEquals(silent.code, code, line);
      if (args[0] !== "raw") assertEquals(silent.stdout + silent.stderr, "", line);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
