import { assert, assertEquals } from "@std/assert";
import { mirrorOf } from "./_mirror.ts";
import { findPlace, readSources } from "./_mutant.ts";
import { MUTANTS } from "./_mutants.ts";
import { stepRows } from "../_test_rows.ts";

const SOURCES = readSources();

Deno.test("each planted bug has a text that stands exactly once in lib/, and tests that mirror its file", async (test) => {
  await stepRows(test, MUTANTS, (mutant) => {
    const { path } = findPlace(mutant, SOURCES);
    assert(mutant.text !== mutant.becomes, `"${mutant.bug}" changes nothing`);
    assert(mirrorOf(path).layer.length > 0, `${path} has no tests in a folder of its layer`);
  });
});

/** Folders of lib/ that decide what a user is told. */
const FOLDERS = [
  "batch",
  "cli",
  "conn",
  "download",
  "expect",
  "http",
  "net",
  "probe",
  "raw",
  "report",
  "watch",
];

Deno.test("planted bugs have unique names, and each folder has several", async (test) => {
  const bugs = MUTANTS.map(({ bug }) => bug);
  assertEquals(bugs.filter((bug, index) => bugs.indexOf(bug) < index), []);
  const paths = MUTANTS.map((mutant) => findPlace(mutant, SOURCES).path);
  await stepRows(test, FOLDERS, (folder) => {
    const count = paths.filter((path) => path.startsWith(`lib/${folder}`)).length;
    assert(count >= 5, `lib/${folder} has ${count}`);
  });
});

Deno.test("findPlace() refuses a text that occurs nowhere or twice", () => {
  const sources = [{ path: "lib/a.ts", text: "one two two" }];
  const refusal = (text: string): string => {
    try {
      findPlace({ bug: "it is wrong", text, becomes: "" }, sources);
      return "";
    } catch (error) {
      return (error as TypeError).message;
    }
  };
  assertEquals(refusal("one"), "");
  assertEquals(
    refusal("two"),
    'Cannot plant "it is wrong": its text stands 2 times (lib/a.ts) in lib/: "two"',
  );
  assertEquals(refusal("three"), 'Cannot plant "it is wrong": its text stands nowhere in lib/: "three"');
});
