/**
 * Bugs of expectations.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const EXPECT_MUTANTS: readonly Mutant[] = [
  {
    bug: "<= does not hold at equality",
    text: "return found <= value;",
    becomes: "return found < value;",
  },
  {
    bug: ">= does not hold at equality",
    text: "return found >= value;",
    becomes: "return found > value;",
  },
  {
    bug: "< holds at equality",
    text: "return found < value;",
    becomes: "return found <= value;",
  },
  {
    bug: "a count that was reached is exceeded",
    text: "const exceeds = counted ? atLeast > value.number : atLeast >= value.number;",
    becomes: "const exceeds = atLeast >= value.number;",
  },
  {
    bug: "a time that was waited out is not exceeded",
    text: "const exceeds = counted ? atLeast > value.number : atLeast >= value.number;",
    becomes: "const exceeds = atLeast > value.number;",
  },
  {
    bug: "> holds at equality",
    text: "return found > value;",
    becomes: "return found >= value;",
  },
  {
    bug: "a lower bound that equals the value does not prove >=",
    text: "return atLeast >= value.number ? true : undefined;",
    becomes: "return atLeast > value.number ? true : undefined;",
  },
  {
    bug: "a lower bound that equals the value does not disprove <",
    text: "return atLeast >= value.number ? false : undefined;",
    becomes: "return atLeast > value.number ? false : undefined;",
  },
  {
    bug: "a lower bound that equals the value disproves ==",
    text: "return atLeast > value.number ? false : undefined;",
    becomes: "return atLeast >= value.number ? false : undefined;",
  },
  {
    bug: "what could not be established holds when it is negated",
    text: "ok: holds !== undefined && holds !== negated,",
    becomes: "ok: holds !== negated,",
  },
  {
    bug: "!= holds of what could not be established",
    text: "return holds === undefined ? undefined : !holds;",
    becomes: "return !holds;",
  },
  {
    bug: "names of fields are compared with their case",
    text: "fields.filter(([it]) => it.toLowerCase() === wanted)",
    becomes: "fields.filter(([it]) => it === name)",
  },
  {
    bug: "an expectation at the limit does not lengthen the watch",
    text: "const BEYOND = 1;",
    becomes: "const BEYOND = 0;",
  },
  {
    bug: "the largest of two expectations does not decide how long is watched",
    text: "Math.max(most[boundBy], Math.ceil(",
    becomes: "Math.min(most[boundBy] || Infinity, Math.ceil(",
  },
  {
    bug: "content stays in the redirects",
    text: "const redirects = result.redirects.map(withoutText);",
    becomes: "const redirects = result.redirects;",
  },
  {
    bug: "a value with a secret is shown",
    text: "allowed.length > LONGEST_ACTUAL || allowed !== json ? cut(allowed) : found",
    becomes: "allowed.length > LONGEST_ACTUAL ? cut(allowed) : found",
  },
  {
    bug: "no deviations are established where no answer came",
    text: "found > 0 || result.error === undefined ? found : undefined",
    becomes: "found",
  },
  {
    bug: "an unknown outcome is one",
    text: '?.[name]?.outcome;\n  return found === "unknown" || found === "skipped" ? undefined : found',
    becomes: "?.[name]?.outcome;\n  return found",
  },
  {
    bug: "\\B is \\b",
    text: 'what: next === "b" ? "word" : "not-word"',
    becomes: 'what: "word"',
  },
  {
    bug: "a dot matches a line end",
    text: "this.#dotAll ? complement([]) : complement(LINE_ENDS)",
    becomes: "complement([])",
  },
  {
    bug: "a negated class forgets its case folding",
    text: "const set = this.#folded(normalise(ranges));",
    becomes: "const set = negated ? normalise(ranges) : this.#folded(normalise(ranges));",
  },
  {
    bug: "a{2,} matches one",
    text: "for (let copy = 0; copy < node.min; copy++) start",
    becomes: "for (let copy = 1; copy < node.min; copy++) start",
  },
  {
    bug: "an index from the end counts from the beginning",
    text: 'typeof name === "number" && place.at(name) !== undefined ? [place.at(name)] : []',
    becomes: 'typeof name === "number" && place[Math.abs(name)] !== undefined ? [place[Math.abs(name)]] : []',
  },
  {
    bug: "a time in days is compared in seconds",
    text: "days: 86_400_000 };",
    becomes: "days: 1000 };",
  },
  {
    bug: "a count of 0 is there",
    text: 'if (fact.type === "count") return found !== 0;',
    becomes: 'if (fact.type === "count") return true;',
  },
  {
    bug: "a number is found in its text",
    text:
      'if (operator === "==" && typeof found === "string" && (found === text || !numeric)) return found === text;',
    becomes: 'if (operator === "==") return String(found) === text;',
  },
  {
    bug: "a version is a number",
    text: "(found === text || !numeric)",
    becomes: "found === text",
  },
  {
    bug: "a number of many digits is rounded",
    text: "return new WrittenNumber(text);",
    becomes: "return Number(text);",
  },
  {
    bug: "zeros at the end make a number larger",
    text: "while (end > start && written.charCodeAt(end - 1) === ZERO) end--;",
    becomes: "",
  },
  {
    bug: "-0 is below 0",
    text: 'if (start === end) return { negative: false, digits: "", point: 0n };',
    becomes: 'if (start === end) return { negative: sign === "-", digits: "", point: 0n };',
  },
  {
    bug: "negative numbers are ordered by their size",
    text: "return a.negative ? -size : size;",
    becomes: "return size;",
  },
  {
    bug: "an emoji takes two columns",
    text: "text.codePointAt(index)! > 0xffff ? 2 : 1",
    becomes: "1",
  },
  {
    bug: "a body that is not JSON is not said to be HTML",
    text: 'const type = looksLikeHtml(text, headers) ? "is HTML, not JSON" : "is not JSON";',
    becomes: 'const type = "is not JSON";',
  },
  {
    bug: "why a body could not be decoded is not said",
    text: "if (found instanceof NotEstablished) check.reason = redact(found.reason);",
    becomes: "",
  },
  {
    bug: "fields in UTF-8 are compared octet by octet",
    text: "if (!/[^\\x00-\\x7f]/.test(value)) return value;",
    becomes: "return value;",
  },
  {
    bug: "a certificate of plain HTTP is not known instead of none",
    text: 'result.url.startsWith("http:") ? null : undefined',
    becomes: 'result.url.startsWith("https:") ? null : undefined',
  },
  {
    bug: "deviations of a class are not counted",
    text: "it.code === group || it.class === group",
    becomes: "it.code === group",
  },
  {
    bug: "findings of a severity are not counted",
    text: "it.code === group || it.severity === group",
    becomes: "it.code === group",
  },
  {
    bug: "a word begins within a word",
    text: "(before === Side.Word) !== (after === Side.Word)",
    becomes: "(before === Side.Word) || (after === Side.Word)",
  },
  {
    bug: "$ matches before a last line end",
    text: "      return after === Side.Edge;\n",
    becomes: "      return after === Side.Edge || after === Side.LineEnd;\n",
  },
  {
    bug: "a range in a class leaves its last character out",
    text: "else ranges.push([first, last]);",
    becomes: "else ranges.push([first, Math.max(first, last - 1)]);",
  },
  {
    bug: "a thousand repeats are too many",
    text: "least > MOST_REPEATS || (most",
    becomes: "least >= MOST_REPEATS || (most",
  },
  {
    bug: "a long value is shown whole",
    text: "text.length > longest ? text.slice(0, longest) + CUT : text",
    becomes: "text",
  },
  {
    bug: "an expectation that holds without the error excuses it",
    text: "checkResult({ ...rest, ok: true }, asking).some(({ ok }) => !ok)",
    becomes: "checkResult({ ...rest, ok: true }, asking).length > 0",
  },
  {
    bug: "a local fault can be expected",
    text: 'if (error === undefined || error.by === "local") return false;',
    becomes: "if (error === undefined) return false;",
  },
  {
    bug: "a kind of error that does not exist is accepted",
    text: "fact.values?.includes(value.text) === false",
    becomes: "fact.values === null",
  },
  {
    bug: "a chain with an unreadable certificate has none at all",
    text: "?? (plain ? null : undefined)",
    becomes: "?? null",
  },
];
