/**
 * Properties of expectations and their patterns.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "../fast_check.ts";
import { checkResult, parseExpectation } from "../../lib/expect.ts";
import { Pattern, PatternSyntaxError } from "../../lib/expect/pattern.ts";
import { experimentNames } from "../../lib/conn/experiment_names.ts";
import { listFacts } from "../../lib/expect/resolve_fact.ts";
import { ExpectationSyntaxError } from "../../lib/expect/syntax_error.ts";
import {
  goodResult,
  hostileResult,
  plainResult,
  refusedResult,
  truncatedResult,
} from "../report/_samples.ts";
import { defineProperty, type Property } from "./_property.ts";

const RESULTS = [goodResult(), plainResult(), refusedResult(), truncatedResult(), hostileResult()];
const FACTS = listFacts([], "row", experimentNames());
/** Facts without a part that the user chooses. */
const CLOSED_FACTS = FACTS.filter((name) => !/[A-Z]{2}|\[N\]/.test(name));
const VALUES = `0 200 1.1 300ms 1KiB 14d -5 1e9 true false null x-y "a" "2" 'b\\'' /a|b/i /^2/ /[/]/`.split(
  " ",
);
const NAMES = "header.server json.a.b deviations.bare-lf redirects[0].status trailer.x header.via[-1]";
const WORDS = [
  ...VALUES,
  ...`${NAMES} == != < <= > >= ~ !~ = ! [0] [-1] [*] ["a.b"] . [ ] /(/ \\ " ' ( )`.split(" "),
  ...["not ", " ", "\t", "\0", "\xe9", "\ud800"],
];
const word = fc.oneof(fc.constantFrom(...FACTS), fc.constantFrom(...WORDS));
/** Mostly valid expectations. */
const written = fc.tuple(
  fc.constantFrom("", "", "not ", "!"),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...CLOSED_FACTS) }, { weight: 1, arbitrary: word }),
  fc.constantFrom(" == ", " != ", "<", " <= ", ">", " >= ", " ~ ", "!~"),
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
    { weight: 1, arbitrary: word },
    { weight: 1, arbitrary: fc.string() },
  ),
).map((parts) => parts.join(""));
const expectation = fc.oneof(
  { weight: 6, arbitrary: written },
  { weight: 1, arbitrary: fc.constantFrom(...CLOSED_FACTS) },
  { weight: 1, arbitrary: fc.array(word, { maxLength: 6 }).map((words) => words.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      ..."ab.^$",
      "[ab]",
      "[^a]",
      "[a-]",
      "\\b",
      "\\B",
      "\\w",
      "\\W",
      "\\n",
      "\\s",
      "\\d",
      "\\x41",
      "",
    ),
    fc.tuple(tie("pattern"), tie("pattern")).map(([first, second]) => `(${first}|${second})`),
    fc.tuple(tie("pattern"), tie("pattern")).map((parts) => parts.join("")),
    fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{0}"))
      .map(([part, times]) => `(?:${part})${times}`),
  ),
}));
const flags = fc.constantFrom("", "m", "s", "i", "im", "ms");
const subject = fc.string({ unit: fc.constantFrom(..."abAB-\n\r1 é\u2028"), maxLength: 7 });

const SIGNS = [..."ab()[]{}|?*+^$.\\-,:/<>=!0159 é🦕\n", "(?:", "(?<n>", "\\u{61}", "\\d", "[^", "{2,3}"];
const signs = fc.array(fc.constantFrom(...SIGNS), { maxLength: 9 }).map((parts) => parts.join(""));
/** Rarely with a property: finding its members goes through all of Unicode. */
const anySource = fc.oneof(
  { weight: 200, arbitrary: signs },
  { weight: 1, arbitrary: signs.map((before) => `${before}\\p{L}`) },
);

/** In the order of `--help`. */
export const expectationProperties: readonly Property[] = [
  defineProperty({
    name: "expectation-anything",
    claim:
      "parseExpectation() says where a text goes wrong, and what it gives can be held against any result",
    input: expectation,
    runs: 3000,
    check(text) {
      let parsed;
      try {
        parsed = parseExpectation(text, { subject: "result" });
      } catch (error) {
        assert(error instanceof ExpectationSyntaxError, String(error));
        assert(error.column >= 1 && error.column <= text.length + 1, `column ${error.column}`);
        return false;
      }
      assertEquals(parsed.text, text);
      for (const result of RESULTS) {
        const [check] = checkResult(result, [parsed]);
        const { expect, ok } = check!;
        assertEquals([expect, typeof ok], [text, "boolean"]);
        assertEquals(checkResult(result, [{ text }]), [check!]);
      }
      return true;
    },
  }),
  defineProperty({
    name: "expectation-not",
    claim: "an expectation and its negation never both hold, and one holds if the fact is established",
    input: expectation.filter((text) => !/^\s*(?:not\s|!)/.test(text)),
    runs: 3000,
    check(text) {
      let both;
      try {
        both = [parseExpectation(text, { subject: "result" }), parseExpectation(`not ${text}`)];
      } catch {
        assertThrows(() => parseExpectation(`not ${text}`, { subject: "result" }), ExpectationSyntaxError);
        return false;
      }
      for (const result of RESULTS) {
        const [plain, negated] = checkResult(result, both);
        if (plain!.actual === undefined) assert(!plain!.ok && !negated!.ok);
        else assertEquals(plain!.ok, !negated!.ok);
      }
      return true;
    },
  }),
  defineProperty({
    name: "pattern-regexp",
    claim: "Pattern.test() agrees with RegExp on patterns without back-references and lookaround",
    input: fc.record({ source: pattern, flags, texts: fc.array(subject, { minLength: 1, maxLength: 4 }) }),
    runs: 3000,
    check({ source, flags, texts }) {
      const pattern = new Pattern(source, flags);
      const regExp = new RegExp(source, flags);
      for (const text of texts) assertEquals(pattern.test(text), regExp.test(text), JSON.stringify(text));
    },
  }),
  defineProperty({
    name: "pattern-anything",
    claim: "Pattern says where a source goes wrong, or is a pattern for RegExp too that matches the same",
    input: fc.record({
      source: anySource,
      flags,
      text: subject,
    }),
    runs: 3000,
    check({ source, flags, text }) {
      let pattern;
      try {
        pattern = new Pattern(source, flags);
      } catch (error) {
        assert(error instanceof PatternSyntaxError, String(error));
        assert(error.index >= 0 && error.index <= source.length, `index ${error.index}`);
        return false;
      }
      const matches = pattern.test(text);
      let regExp;
      try {
        regExp = new RegExp(source, `${flags}u`);
      } catch {
        // In some places patterns follow the syntax without the flag u, as in a{,3}.
        return false;
      }
      assertEquals(matches, regExp.test(text));
      return true;
    },
  }),
];
