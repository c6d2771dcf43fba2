import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestFolder } from "../../../_folder.ts";
import { utf16 } from "../../../text/decode/_encode.ts";
import { run, type RunOutcome, TextOutput } from "../../_run.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

function batch(list: Uint8Array<ArrayBuffer>, ...args: string[]): Promise<RunOutcome> {
  return run(["batch", "-", "--json", "--ordered", ...args], { stdin: new Blob([list]).stream() });
}

function inputsOf(stdout: string): string[] {
  return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).input);
}

const LIST = "\ufeff# Größe\r\nhttp://127.0.0.1:1/é\r\nhttp://127.0.0.1:1/2\r\n";
const INPUTS = ["http://127.0.0.1:1/é", "http://127.0.0.1:1/2"];

testRows("sonde batch reads lists in UTF-8 and in UTF-16 with a byte order mark, from stdin and from files", [
  new TextEncoder().encode(LIST),
  utf16(LIST, true),
  utf16(LIST, false),
], async (list) => {
  using folder = new TestFolder();
  const file = folder.file("list");
  const piped = await batch(list);
  assertEquals([piped.code, inputsOf(piped.stdout)], [1, INPUTS]);
  Deno.writeFileSync(file, list);
  const named = await run(["batch", file, "--json", "--ordered"]);
  assertEquals([named.code, inputsOf(named.stdout)], [1, INPUTS]);
});

Deno.test("sonde batch refuses other encodings with one message, and keeps the rows of the lines before", async (test) => {
  const latin1 = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
  const rows: [name: string, list: Uint8Array<ArrayBuffer>, inputs: string[], why: string][] = [
    [
      "ISO-8859-1",
      latin1("http://127.0.0.1:1/1\nhttp://127.0.0.1:1/\xe9\nhttp://127.0.0.1:1/\xe9\n"),
      ["http://127.0.0.1:1/1"],
      "Cannot read stdin: line 2 has the byte E9, which is not valid UTF-8",
    ],
    [
      "UTF-16 LE",
      utf16(LIST.slice(1), true),
      [],
      "it looks like UTF-16 (little-endian) without a byte order mark",
    ],
    [
      "UTF-16 BE",
      utf16(LIST.slice(1), false),
      [],
      "it looks like UTF-16 (big-endian) without a byte order mark",
    ],
    ["gzip", latin1("\x1f\x8b\x08\0\0\0"), [], "Cannot read stdin: it is compressed with gzip"],
  ];
  await stepRows(test, rows, async ([name, list, inputs, why]) => {
    const { code, stdout, stderr } = await batch(list);
    // The rows failed, which outweighs that other rows are missing.
    assertEquals([code, inputsOf(stdout)], [inputs.length > 0 ? 1 : 3, inputs], name);
    assertEquals(stderr.split("Cannot read").length, 2, stderr);
    assertStringIncludes(stderr, why);
  });
});

Deno.test("sonde batch continues with the next list after one in another encoding", async () => {
  using folder = new TestFolder();
  const [first, second, third] = ["1", "2", "3"].map((name) => folder.file(name)) as [string, string, string];
  Deno.writeFileSync(first, Uint8Array.from("http://127.0.0.1:1/1\n\xe9", (unit) => unit.charCodeAt(0)));
  Deno.writeFileSync(second, utf16("http://127.0.0.1:1/2"));
  Deno.writeTextFileSync(third, "http://127.0.0.1:1/3");
  const { code, stdout, stderr } = await run(["batch", first, second, third, "--json", "--ordered"]);
  assertEquals([code, inputsOf(stdout)], [1, ["http://127.0.0.1:1/1", "http://127.0.0.1:1/3"]]);
  assertStringIncludes(stderr, `Cannot read ${first}: line 2 has the byte E9`);
  assertStringIncludes(stderr, `Cannot read ${second}: it looks like UTF-16 (little-endian)`);
});

Deno.test("sonde batch --resume refuses rows in UTF-16, as it appends UTF-8", async (test) => {
  using folder = new TestFolder();
  const file = folder.file("rows");
  await stepRows(test, [true, false], async (littleEndian) => {
    const rows = utf16('\ufeff{"schema":1,"input":"http://127.0.0.1:1/é"}\n', littleEndian);
    Deno.writeFileSync(file, rows);
    const { code, stderr } = await batch(new TextEncoder().encode(LIST), "--resume", file);
    assertEquals([code, Deno.readFileSync(file)], [2, rows]);
    assertStringIncludes(
      stderr,
      `it is UTF-16${littleEndian ? "LE" : "BE"}, and sonde appends rows in UTF-8`,
    );
  });
  Deno.writeTextFileSync(file, '\ufeff{"schema":1,"input":"http://127.0.0.1:1/é","ok":true}\n');
  const { stderr } = await batch(new TextEncoder().encode(LIST), "--resume", file);
  assertStringIncludes(stderr, "already has 1 row");
});

Deno.test("sonde batch breaks the message about a list between words on a terminal", async () => {
  const stderr = new TextOutput(true);
  const list = new Blob([Uint8Array.of(0xaa)]).stream();
  const { code } = await run(["batch", "-", "--progress", "never"], {
    stderr,
    stdin: list,
    widthOf: () => 40,
  });
  assertEquals(code, 3);
  assertStringIncludes(
    stderr.text,
    "sonde: Cannot read stdin: line 1 has the\n  byte AA, which is not valid UTF-8\n",
  );
});
