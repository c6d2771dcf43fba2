import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestFolder } from "../../_folder.ts";
import { testRows } from "../../_test_rows.ts";
import { run } from "../_run.ts";

const URL = "http://127.0.0.1:1/";

testRows<[args: string[], what: string]>(
  "sonde does not overwrite a file that a flag reads",
  [
    [["-d", "@FILE", "-o", "FILE", URL], "the file of --data"],
    [["-d", "@FILE", "-o", "FILE", "--format", "prom", URL], "the file of --data"],
    [["-d", "@FILE", "--wire=FILE", URL], "the file of --data"],
    [["--raw-request", "FILE", "-o", "FILE", URL], "the file of --raw-request"],
    [["-o", "FILE", "--wire=FILE", URL], "the file of -o"],
    [["batch", "-", "-d", "@FILE", "-o", "FILE"], "the file of --data"],
    [["get", "--force", "-d", "@FILE", "-o", "FILE", URL], "the file of --data"],
    [["get", "--wire=FILE", "-d", "@FILE", URL], "the file of --data"],
    [["raw", "--send-file", "FILE", "-o", "FILE", "127.0.0.1:1"], "the file of --send-file"],
    [["raw", "--send-file", "FILE", "--wire=FILE", "127.0.0.1:1"], "the file of --send-file"],
  ],
  async ([args, what]) => {
    using folder = new TestFolder();
    const path = folder.file("request");
    const text = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    await Deno.writeTextFile(path, text);
    const { code, stderr } = await run(args.map((arg) => arg.replace("FILE", path)));
    assertEquals([code, await Deno.readTextFile(path)], [2, text], stderr);
    assertStringIncludes(stderr, `Cannot write to ${path}: it is ${what}\n`);
  },
);

testRows<[args: string[]]>(
  "sonde does not write its results and the octets of --wire to one new file",
  [
    [["-o", "FILE", "--wire=FILE", URL]],
    [["-o", "FILE", "--format=prom", "--wire=FILE", URL]],
    [["raw", "-o", "FILE", "--wire=FILE", "--send=", "127.0.0.1:1"]],
    [["get", "-o", "FILE", "--wire=FILE", URL]],
  ],
  async ([args]) => {
    using folder = new TestFolder();
    const path = folder.file("new");
    const { code, stderr } = await run(args.map((arg) => arg.replace("FILE", path)));
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "it is the file of -o\n");
  },
);
