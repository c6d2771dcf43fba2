import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Conduct, reply, startLiar } from "../../../conn/_liar.ts";
import { honest } from "../../../conn/_honest.ts";
import { utf16 } from "../../../text/decode/_encode.ts";
import { skipWaits } from "../../../_skipped_waits.ts";
import { TestFolder } from "../../../_folder.ts";
import { testRows } from "../../../_test_rows.ts";
import { goodResult, refusedResult } from "../../../report/_samples.ts";
import { run } from "../../_run.ts";

/** Closes when asked to, without a word in the answer. */
const silent: Conduct = async (connection) => {
  if (await connection.request() !== undefined) connection.send(reply("hi"));
};

Deno.test("sonde diff prints the changes and ends with 1", async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir();
  try {
    await using liar = await startLiar((connection) => honest(connection));
    await using other = await startLiar(silent);
    const save = async (name: string, url: string): Promise<string> => {
      const path = `${folder}/${name}.json`;
      await run(["conn", "--json", "--only", "close", "-o", path, url]);
      return path;
    };
    const [before, same, changed] = [
      await save("a", liar.url),
      await save("b", liar.url),
      await save("c", other.url),
    ];
    const equal = await run(["diff", before, same]);
    assertEquals([equal.code, equal.stdout.includes("no difference")], [0, true]);
    const different = await run(["diff", "--json", before, changed]);
    assertEquals(different.code, 1);
    const facts = different.stdout.trimEnd().split("\n").map((line) => JSON.parse(line).fact);
    assert(facts.includes("experiments.close.echoed"), facts.join());
    // As PowerShell's > writes it.
    await Deno.writeFile(same, utf16(`\ufeff${await Deno.readTextFile(same)}`));
    assertEquals((await run(["diff", before, same])).code, 0);
    await Deno.writeFile(same, Uint8Array.of(0x7b, 0xe9));
    assertMatch((await run(["diff", before, same])).stderr, /Cannot compare .*line 1 has the byte E9/);
    const wrong = await run(["diff", before]);
    assertEquals([wrong.code, wrong.stderr.includes("write a second file, as in sonde diff")], [2, true]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const A = `${JSON.stringify(goodResult({ input: "a" }))}\n`;
const B = `${JSON.stringify(goodResult({ input: "b" }))}\n`;
const A_FAILED = `${JSON.stringify(refusedResult({ input: "a" }))}\n`;
/** Ten rows of one target, each with this total in milliseconds and a little more than the one before. */
const timed = (total: number): string =>
  Array.from(
    { length: 10 },
    (_, index) => `${JSON.stringify(goodResult({ input: "a", timings: { total: total + index } }))}\n`,
  ).join("");
const SUMMARY = '{"schema":1,"kind":"summary","input":"a"}\n';

testRows<[name: string, before: string, after: string, args: string[], code: number, output: RegExp]>(
  "sonde diff compares runs row by row, and ends with 1 on a difference",
  [
    ["the same rows in another order", A + B, B + A, [], 0, /^2 rows: 2 the same\n$/],
    ["a failure", A + B, A_FAILED + B, [], 1, /^failed newly \(1\)\n {2}200 → refused/],
    ["a row without a partner", A + B, B, [], 1, /only before \(1\)\n {2}a\n/],
    ["JSON", A + B, A_FAILED + B, ["--json"], 1, /^\{"input":"a","fact":"ok",.*"change":"failed"/],
    ["no output", A + B, A_FAILED + B, ["-q"], 1, /^$/],
    ["single rows of two targets", A, B, [], 0, /^a → b\nno difference in behaviour\n$/],
    [
      "a single row as JSON",
      A,
      A_FAILED,
      ["--json"],
      1,
      /^\{"input":"a","fact":"ok","before":true,"after":false\}\n/,
    ],
    ["the summary of a series", A + A + SUMMARY, A + A + SUMMARY, [], 0, /^2 rows: 2 the same\n$/],
    [
      "rows that only took longer",
      timed(20),
      timed(400),
      [],
      0,
      /slower \(1\)[^]*\n10 rows: [^]*10 the same/,
    ],
    ["arrays", `[${A},${B}]`, `[${B},${A}]`, [], 0, /^2 rows: 2 the same\n$/],
    ["a row that is cut", A + B, A + B + A.slice(0, 50), [], 3, /line 3 is cut off/],
    ["a cut row and a difference", A + B, A_FAILED + B + A.slice(0, 50), [], 1, /line 3 is cut off/],
    ["an empty file", A, "", [], 2, /Cannot compare after: it is empty/],
    ["another file", "hello", A, [], 2, /Cannot compare before: line 1 is not JSON/],
  ],
  async ([_, before, after, args, code, output]) => {
    using folder = new TestFolder();
    await Deno.writeTextFile(folder.file("before"), before);
    await Deno.writeTextFile(folder.file("after"), after);
    const compared = await run(["diff", folder.file("before"), folder.file("after"), ...args]);
    const text = (compared.stdout + compared.stderr).replaceAll(`${folder.path}/`, "");
    assertMatch(text, output);
    assertEquals(compared.code, code, text);
  },
);
