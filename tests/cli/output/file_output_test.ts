import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { requireFolderAccess } from "../../../lib/cli/folder_access.ts";
import { readInputFile } from "../../../lib/cli/input_file.ts";
import { LocalFault } from "../../../lib/cli/local_fault.ts";
import { FileOutput } from "../../../lib/cli/output/file_output.ts";
import { ReplacedFile } from "../../../lib/cli/output/replaced_file.ts";
import { TestFolder } from "../../_folder.ts";
import { stepRows } from "../../_test_rows.ts";

Deno.test("FileOutput keeps only complete lines in its file at any moment", async (test) => {
  using folder = new TestFolder();
  const path = folder.file("out");
  await Deno.writeTextFile(path, "what was there before\n");
  {
    await using output = await FileOutput.open(path);
    const rows: [write: string, file: string][] = [
      ["one", ""],
      [" line\ntwo", "one line\n"],
      ["", "one line\n"],
      ["\n\nthree\n", "one line\ntwo\n\nthree\n"],
      ["end", "one line\ntwo\n\nthree\n"],
    ];
    await stepRows(test, rows, async ([text, file]) => {
      await output.write(text);
      assertEquals(await Deno.readTextFile(path), file);
    });
  }
  assertEquals(await Deno.readTextFile(path), "one line\ntwo\n\nthree\nend\n");
});

Deno.test("FileOutput writes in the order of the calls, and appends with append", async () => {
  using folder = new TestFolder();
  const path = folder.file("out");
  const lines = Array.from({ length: 200 }, (_, index) => `${index} ${"x".repeat(index)}\n`);
  for (const append of [false, true]) {
    await using output = await FileOutput.open(path, { append });
    await Promise.all(lines.map((line) => output.write(line)));
  }
  assertEquals(await Deno.readTextFile(path), lines.join("").repeat(2));
});

Deno.test("FileOutput.open() explains why it cannot write", async (test) => {
  using folder = new TestFolder();
  const rows: [path: string, message: string][] = [
    [folder.path, "it is a folder"],
    [folder.file("none/out"), "there is no such folder"],
  ];
  await stepRows(test, rows, async ([path, message]) => {
    await assertRejects(() => FileOutput.open(path), LocalFault, `Cannot write ${path}: ${message}`);
  });
});

Deno.test("readInputFile() reads a file or stdin, and explains a failure", async () => {
  using folder = new TestFolder();
  const octets = Uint8Array.of(0, 13, 10, 255);
  await Deno.writeFile(folder.file("in"), octets);
  const stdin = ReadableStream.from([octets.slice(0, 1), octets.slice(1)]);
  assertEquals(await readInputFile(folder.file("in"), ReadableStream.from([])), octets);
  assertEquals(await readInputFile("-", stdin), octets);
  const none = folder.file("none");
  await assertRejects(
    () => readInputFile(none, stdin),
    LocalFault,
    `Cannot read ${none}: there is no such file`,
  );
  await assertRejects(
    () => readInputFile(folder.path, stdin),
    LocalFault,
    `Cannot read ${folder.path}: it is a folder`,
  );
});

Deno.test("Without permission the flag that grants it is named", { permissions: "none" }, async () => {
  await assertRejects(
    () => FileOutput.open("out"),
    LocalFault,
    "Cannot write out: this needs --allow-write=out",
  );
  await assertRejects(
    () => readInputFile("in", ReadableStream.from([])),
    LocalFault,
    "Cannot read in: this needs --allow-read=in",
  );
});

Deno.test(
  "Without permission for a file and those beside it one line grants all",
  { permissions: "none" },
  async (test) => {
    const rows: [access: ("read" | "write")[], paths: [string, ...string[]], message: string][] = [
      [["read"], ["a.db", "a.db-wal"], "Cannot read a.db and a.db-wal: this needs --allow-read=."],
      [
        ["read", "write"],
        ["sub/a.db", "sub/a.db-wal", "sub/a.db-shm"],
        "Cannot read and write sub/a.db, sub/a.db-wal and sub/a.db-shm: this needs --allow-read=sub --allow-write=sub",
      ],
    ];
    await stepRows(test, rows, ([access, paths, message]) => {
      const { message: actual } = assertThrows(() => requireFolderAccess(access, paths), LocalFault);
      assertEquals(actual, message);
    });
    assertThrows(
      () => new ReplacedFile("/srv/web.prom"),
      LocalFault,
      "Cannot read and write /srv/web.prom and /srv/web.prom.new: this needs --allow-read=/srv --allow-write=/srv",
    );
  },
);

Deno.test("ReplacedFile leaves the file alone until the new one is complete", async () => {
  using folder = new TestFolder();
  const path = folder.file("web.prom");
  await Deno.writeTextFile(path, "old\n");
  {
    await using file = new ReplacedFile(path);
    const writes = ["one\n", "", "two", "\n", "x".repeat(300_000)].map((text) => file.write(text));
    await Promise.all(writes);
    assertEquals(await Deno.readTextFile(path), "old\n");
  }
  assertEquals(await Deno.readTextFile(path), `one\ntwo\n${"x".repeat(300_000)}`);
  {
    await using _empty = new ReplacedFile(path);
  }
  assertEquals(await Deno.readTextFile(path), "");
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["web.prom"]);
});

Deno.test("ReplacedFile leaves the file alone if the new one cannot be written", async () => {
  using folder = new TestFolder();
  const path = folder.file("web.prom");
  await Deno.writeTextFile(path, "old\n");
  const { write } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.write = () => Promise.reject(new Error("No space left on device"));
  try {
    await using file = new ReplacedFile(path);
    await assertRejects(() => file.write("new\n"), LocalFault, `Cannot write ${path}: No space left`);
  } finally {
    Deno.FsFile.prototype.write = write;
  }
  assertEquals(await Deno.readTextFile(path), "old\n");
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["web.prom"]);
});
