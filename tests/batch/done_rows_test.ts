import { assertEquals } from "@std/assert";
import { readDoneRows } from "../../lib/batch/done_rows.ts";
import { stableHash, stableId } from "../../lib/batch/stable_hash.ts";
import { stepRows, testRows } from "../_test_rows.ts";

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const octets = new TextEncoder().encode(text);
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

const read = (text: string, size = 5) => readDoneRows(pieces(text, size));
const row = (input: string, more: object = {}) => `${JSON.stringify({ schema: 1, input, ...more })}\n`;

Deno.test("readDoneRows() counts rows of equal inputs, in any order", { permissions: "none" }, async () => {
  const { done, unreadable } = await read(row("b") + row("a") + row("b"));
  assertEquals([done.rows, unreadable], [3, 0]);
  const inputs = ["a", "a", "b", "b", "b", "c"];
  assertEquals(inputs.map((url) => done.take({ url })), [true, false, true, true, false, false]);
});

Deno.test("readDoneRows() distinguishes rows by identity and address", { permissions: "none" }, async () => {
  const { done } = await read(row("a", { id: "1" }) + row("a", { address: "127.0.0.1" }));
  assertEquals(done.take({ url: "a" }), false);
  assertEquals(done.take({ url: "a", id: "2" }), false);
  assertEquals(done.take({ url: "a", id: "1" }), true);
  assertEquals(done.take({ url: "a", address: "127.0.0.2" }), false);
  assertEquals(done.take({ url: "a", address: "127.0.0.1" }), true);
});

Deno.test("DoneRows counts the verdicts of the rows that were taken, and takes the worst of equal rows first", async (test) => {
  const local = { ok: false, error: { by: "local" } };
  const { done } = await read(
    [
      row("a", { ok: true }),
      row("a", local),
      row("a", { ok: false }),
      row("b", { ok: false, error: { by: "network" } }),
      row("c", { error: null }),
      row("d", { ok: "true", error: "x" }),
    ].join(""),
  );
  const rows: [url: string, taken: [failed: number, unmeasured: number, ok: number]][] = [
    ["a", [1, 0, 0]],
    ["a", [1, 1, 0]],
    ["none", [1, 1, 0]],
    ["a", [1, 1, 1]],
    ["a", [1, 1, 1]],
    ["b", [2, 1, 1]],
    ["c", [3, 1, 1]],
    ["d", [4, 1, 1]],
  ];
  await stepRows(test, rows, ([url, [failed, unmeasured, ok]]) => {
    done.take({ url });
    assertEquals([done.taken, done.passedOver], [{ failed, unmeasured, ok }, failed + unmeasured + ok], url);
  });
});

testRows("readDoneRows() finds an incomplete last line in reads of any size", [3, 4096], async (size) => {
  const whole = row("ä") + row("b");
  const last = row("c", { text: "ü".repeat(40) });
  const octets = new TextEncoder().encode(whole).length;
  for (let length = 0; length < last.length; length++) {
    const { done, unreadable, wholeOctets } = await read(whole + last.slice(0, length), size);
    assertEquals([done.rows, unreadable, wholeOctets], [2, 0, octets], `${length}`);
  }
  assertEquals((await read(whole + last)).done.rows, 3);
}, { permissions: "none" });

Deno.test(
  "readDoneRows() counts no octets of a text without a complete row",
  { permissions: "none" },
  async () => {
    assertEquals((await read("")).wholeOctets, 0);
    assertEquals((await read("torn")).wholeOctets, 0);
  },
);

Deno.test("readDoneRows() skips lines that are not rows, and reads rows of any length", async () => {
  const { done, unreadable } = await read(`torn{"schema\n[]\nnull\n\n${row("a".repeat(200_000))}`, 4096);
  assertEquals([done.rows, unreadable], [1, 3]);
  assertEquals(done.take({ url: "a".repeat(200_000) }), true);
});

Deno.test("readDoneRows() takes no summary of a series for a row", async () => {
  const { done, unreadable } = await read(`${row("a")}{"schema":1,"kind":"summary","input":"a"}\n`, 4096);
  assertEquals([done.rows, unreadable], [1, 1]);
});

testRows<[text: string, foreign: boolean]>(
  "readDoneRows() distinguishes rows of an earlier run from a file with other content",
  [
    ["", false],
    ["\n", false],
    ['{"schema":1,"input":"a', false],
    ['{"sch', false],
    [`x\n${row("a")}torn`, false],
    ["a\nb\nc", true],
    ["the only line", true],
    ["a,b\n", true],
    ['{"input":"a","url":"http://a/","status_code":200}\n', true],
  ],
  async ([text, foreign]) => {
    assertEquals((await read(text)).foreign, foreign, text);
  },
);

Deno.test("stableHash() gives the same value on every machine, so that machines can share a list", {
  permissions: "none",
}, () => {
  assertEquals([stableHash(""), stableHash("example.org"), stableHash("ä")], [
    2872998923,
    2753394979,
    519959299,
  ]);
  assertEquals(stableId("example.org"), "a41d792343388471");
});
