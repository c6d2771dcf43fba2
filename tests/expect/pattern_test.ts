import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pattern, PatternSyntaxError } from "../../lib/expect/pattern.ts";
import { spentBy } from "../_spent_time.ts";
import { testRows } from "../_test_rows.ts";

testRows<[source: string, flags: string, texts: string[]]>("Pattern.test() agrees with RegExp", [
  ["ok", "", ["ok", "it is ok.", "no", ""]],
  ["^ok$", "", ["ok", "ok\n", " ok", "\nok"]],
  ["^ok$", "m", ["ok", "a\nok\nb", "ok\r", "a ok"]],
  ["a.c", "", ["abc", "a\nc", "a\u2028c", "a🦕c"]],
  ["a.c", "s", ["a\nc", "a\rc", "ac"]],
  ["", "", ["", "x"]],
  ["a|b|", "", ["", "c"]],
  ["(?:ab|cd)+e", "", ["abcde", "abce", "e"]],
  ["(?<year>\\d{4})-\\d\\d", "", ["2026-03", "202-03"]],
  ["colou?r", "i", ["COLOR", "Colour", "colouur"]],
  ["[a-f0-9]{4,6}$", "", ["beef", "xbeefee", "bee"]],
  ["[^a-z]", "i", ["ABC", "ab1"]],
  ["[]a]", "", ["a"]],
  ["[\\w-]+@", "", ["a-b@", "@"]],
  ["[\\d-x]", "", ["-", "5", "x", "y"]],
  ["\\bup\\b", "", ["is up.", "upper", "up"]],
  ["\\Bup", "", ["setup", "up"]],
  ["x{2}", "", ["x", "axxb"]],
  ["x{2,}y", "", ["xxy", "xy", "xxxxxxy"]],
  ["x{0}y", "", ["y", "x"]],
  ["a{,3}", "", ["a{,3}", "aaa"]],
  ["a+?b*?", "", ["a", "b"]],
  ["\\x41\\u0042\\u{43}\\cJ?\\/\\.", "u", ["ABC/.", "abc/."]],
  ["[\\b]", "", ["\b", "b"]],
  ["É|straße", "i", ["é", "STRAßE", "e"]],
  ["\\p{Lu}\\P{L}", "u", ["É5", "é5", "ÉA"]],
  ["🦕{2}", "u", ["🦕🦕", "🦕"]],
  ["(a*)*b", "", ["b", "aab", "aac"]],
  ["(|a)+c", "", ["c", "aac", "b"]],
  ["\\s\\S\\D\\W", "", ["\u00a0xx!", "abcd", "\ufeff..."]],
  ["\\0\\t\\n\\v\\f\\r", "", ["\0\t\n\v\f\r"]],
], ([source, flags, texts]) => {
  for (const text of texts) {
    // "[]a]" is an empty class and two characters to RegExp without u, which throws with it.
    const unicode = flags.includes("u") || /[{\]}]/.test(source) ? flags : `${flags}u`;
    assertEquals(
      new Pattern(source, flags).test(text),
      new RegExp(source, unicode).test(text),
      `/${source}/${flags} on ${JSON.stringify(text)}`,
    );
  }
}, { permissions: "none" });

testRows<[source: string, text: string]>("Pattern.test() takes linear time where RegExp would hang", [
  ["^(a+)+$", "a".repeat(200_000) + "!"],
  ["(a|aa)+$", "a".repeat(200_000) + "!"],
  ["(.*)*x$", "y".repeat(200_000)],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(200_000)],
  ["(?:a?){100}a{100}$", "a".repeat(99) + "b"],
], ([source, text]) => {
  // RegExp would take longer than the universe is old; this takes about 20 ms of processor time.
  const spent = spentBy(() => assertEquals(new Pattern(source).test(text), false));
  assert(spent < 5_000, `${spent} ms`);
}, { permissions: "none" });

Deno.test(
  "Pattern.test() gives up if the automaton would grow without bound",
  { permissions: "none" },
  () => {
    const random = generator(7);
    const text = Array.from({ length: 1_000_000 }, () => random() < 0.5 ? "a" : "b").join("");
    const spent = spentBy(() => {
      assertThrows(() => new Pattern("(a|b)*a(a|b){200}c").test(text), Error, "Gave up matching");
    });
    assert(spent < 10_000, `${spent} ms`);
  },
);

testRows<[source: string, index: number, message: string]>(
  "Pattern names the place and cause of a mistake in its source",
  [
    ["a(b", 1, "never closed"],
    ["a)b", 1, "closes nothing"],
    ["[a-", 0, "never closed"],
    ["x[b-a]", 3, "goes backwards"],
    ["*a", 0, "nothing that * could repeat"],
    ["a**", 2, "nothing that * could repeat"],
    ["a{3,2}", 1, "write the smaller number first"],
    ["a{1001}", 1, "at most 1000"],
    ["(a{1000}){3}", 0, "more than 2000 steps"],
    ["a\\", 1, "nothing follows this \\"],
    ["(a)\\1", 3, "no back-references"],
    ["(?<n>a)\\k<n>", 7, "no back-references"],
    ["a(?=b)", 1, "no lookaround"],
    ["a(?!b)", 1, "no lookaround"],
    ["(?<=a)b", 0, "no lookaround"],
    ["^*", 0, "cannot repeat"],
    ["\\q", 0, "stands for nothing"],
    ["\\p{Klingon}", 0, 'no property "Klingon"'],
    ["\\u{110000}", 0, "no such code point"],
    ["(".repeat(200), 100, "nested too deeply"],
  ],
  ([source, index, message]) => {
    const error = assertThrows(() => new Pattern(source), PatternSyntaxError, message, source);
    assertEquals(error.index, index, source);
  },
  { permissions: "none" },
);

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
