import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { adviseFile, refuseUrlAsFile } from "../../lib/cli/file_advice.ts";
import { UsageError } from "../../lib/cli/usage_error.ts";
import { TestFolder } from "../_folder.ts";
import { testRows } from "../_test_rows.ts";
import { run } from "./_run.ts";

Deno.test("adviseFile() names the nearest file, the folder to make, or the file to write", async () => {
  using folder = new TestFolder();
  await Deno.writeTextFile(folder.file("hosts.txt"), "");
  const notFound = new Deno.errors.NotFound();
  const isFolder = new Deno.errors.IsADirectory();
  assertEquals(
    adviseFile("read", folder.file("host.txt"), notFound),
    `; the nearest one is ${folder.file("hosts.txt")}`,
  );
  assertEquals(
    adviseFile("read", folder.file("hosts.tx"), notFound),
    `; the nearest one is ${folder.file("hosts.txt")}`,
  );
  assertEquals(adviseFile("read", folder.file("other"), notFound), "");
  // Only the endings are alike.
  assertEquals(adviseFile("read", folder.file("sites.txt"), notFound), "");
  assertEquals(adviseFile("read", folder.file("none/hosts.txt"), notFound), "");
  assertEquals(adviseFile("write", "none/out", notFound), "; make it first: mkdir -p none/");
  assertEquals(adviseFile("write", "out", isFolder), "; write the name of a file in it, as in out/results");
  assertEquals(adviseFile("read", "out", isFolder), "; name a file in it, as in out/FILE");
  const denied = new Deno.errors.PermissionDenied();
  assertEquals(adviseFile("read", "a.txt", denied), "; ls -l a.txt shows who may");
  assertEquals(adviseFile("write", "a.txt", denied), "; write it to a folder of your own");
  assertEquals(adviseFile("read", "out", new Error("broken")), "");
});

testRows<[access: "read" | "write", path: string, advice: string]>(
  "refuseUrlAsFile() refuses a URL in place of a file",
  [
    [
      "read",
      "http://h/",
      "Cannot read http://h/: it is a URL, and a file is needed here; to probe it write sonde",
    ],
    ["write", "HTTPS://h/", "Cannot write HTTPS://h/: it is a URL, and a file is needed here"],
  ],
  ([access, path, advice]) => {
    assertThrows(() => refuseUrlAsFile(access, path), UsageError, advice);
    refuseUrlAsFile(access, "http");
  },
  { permissions: "none" },
);

testRows<[args: string[], message: string]>(
  "a command says that a URL or a file of another kind stands in place of its file",
  [
    [
      ["diff", "http://h.test/a", "http://h.test/b"],
      "save each answer first, as in sonde --json -o before.json http://h.test/a",
    ],
    [["parse", "http://h.test/"], "Cannot read http://h.test/: it is a URL"],
    [["report", "http://h.test/"], "Cannot read http://h.test/: it is a URL"],
    [["watch", "http://h.test/"], 'a task file is needed, with {"checks":[{"url":"http://h.test/"}]}'],
    [["http://h.test/", "-o", "http://h.test/"], "Cannot write http://h.test/: it is a URL"],
  ],
  async ([args, message]) => {
    const { code, stderr } = await run(args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  },
);

Deno.test("sonde parse names sonde show for rows that --json saved", async () => {
  using folder = new TestFolder();
  const path = folder.file("rows");
  await Deno.writeTextFile(path, '{"schema":1,"input":"a","url":"http://a/"}\n{"schema":1}\n');
  const { code, stderr } = await run(["parse", path]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, `it holds rows that --json saved; write sonde show ${path}`);
});

Deno.test("sonde report names the command that makes a history if the file is not one", async () => {
  using folder = new TestFolder();
  const path = folder.file("list");
  await Deno.writeTextFile(path, "a.test\n".repeat(100));
  const { code, stderr } = await run(["report", path]);
  assertEquals(code, 3);
  assertStringIncludes(stderr, "; write the file that sonde watch --history FILE made\n");
});

Deno.test("sonde watch --history names the way out if the file is no history", async () => {
  using folder = new TestFolder();
  await Deno.writeTextFile(folder.file("list"), "a.test\n".repeat(100));
  await Deno.writeTextFile(folder.file("checks.json"), '[{"url":"http://127.0.0.1:1/"}]');
  const { code, stderr } = await run(["watch", "--history", folder.file("list"), folder.file("checks.json")]);
  assertEquals(code, 3);
  assertStringIncludes(
    stderr,
    "; write the name of a new file, which sonde makes, or of an earlier history\n",
  );
});
