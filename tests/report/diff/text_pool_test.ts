import { assertEquals } from "@std/assert";
import { TextPool } from "../../../lib/report/diff/text_pool.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[name: string, texts: string[], numbers: number[]]>(
  "TextPool gives equal texts one number, and gives each text back",
  [
    ["no text", [], []],
    ["an empty text", ["", "a", ""], [0, 1, 0]],
    ["texts that begin alike", ["ab", "a", "abc", "a", "ab"], [0, 1, 2, 1, 0]],
    ["other alphabets", ["ä", "→ 𝄞", "a\u0308", "ä"], [0, 1, 2, 0]],
    ["a text longer than a chunk", ["a", "b".repeat(3_000_000), "c", "b".repeat(3_000_000)], [0, 1, 2, 1]],
    ["the last text of a chunk", ["a".repeat(2 ** 20), "b", "a".repeat(2 ** 20), "b"], [0, 1, 0, 1]],
  ],
  ([_, texts, numbers]) => {
    const pool = new TextPool();
    assertEquals(texts.map((text) => pool.add(text)), numbers);
    assertEquals(numbers.map((number) => pool.get(number)), texts);
  },
  { permissions: "none" },
);

Deno.test("TextPool keeps thousands of texts apart", { permissions: "none" }, () => {
  const pool = new TextPool();
  const texts = Array.from({ length: 50_000 }, (_, index) => `${index} `.repeat(index % 50));
  const numbers = texts.map((text) => pool.add(text));
  assertEquals(numbers.map((number) => pool.get(number)), texts);
  assertEquals(texts.map((text) => pool.add(text)), numbers);
});
