/**
 * Parses regular expressions of ECMAScript, without back-references and lookaround, which need more than linear time.
 *
 * @module
 */

import { type CodePoints, complement, foldCase, LINE_ENDS, normalise } from "./code_points.ts";
import { type Cursor, PatternSyntaxError, readEscape } from "./escape.ts";

/** A node in the tree of a pattern. */
export type PatternNode =
  | { readonly type: "set"; readonly set: CodePoints }
  | { readonly type: "assert"; readonly what: Assertion }
  | { readonly type: "sequence"; readonly nodes: readonly PatternNode[] }
  | { readonly type: "choice"; readonly nodes: readonly PatternNode[] }
  | { readonly type: "repeat"; readonly node: PatternNode; readonly min: number; readonly max: number };

/** An assertion about a place: start or end of the text or of a line, word boundary or no word boundary. */
export type Assertion = "start" | "end" | "line-start" | "line-end" | "word" | "not-word";

/** Deepest nesting of groups; a deeper one could exhaust the stack. */
const DEEPEST = 100;

/** Most copies of one part; the size of the whole program has a limit of its own. */
const MOST_REPEATS = 1000;

/**
 * Parses a pattern.
 *
 * @param source The text between the slashes
 * @param flags Any of `i`, `m`, `s` and `u`. `u` changes nothing, as a pattern always matches code points
 * @throws {PatternSyntaxError} If the pattern has a mistake; the error has its index in `source`
 */
export function parsePattern(source: string, flags: string): PatternNode {
  return new PatternParser(source, flags).parse();
}

class PatternParser implements Cursor {
  readonly source: string;
  at = 0;
  readonly #ignoreCase: boolean;
  readonly #multiline: boolean;
  readonly #dotAll: boolean;
  #depth = 0;

  constructor(source: string, flags: string) {
    this.source = source;
    this.#ignoreCase = flags.includes("i");
    this.#multiline = flags.includes("m");
    this.#dotAll = flags.includes("s");
  }

  parse(): PatternNode {
    const node = this.#choice();
    if (this.at < this.source.length) throw new PatternSyntaxError(this.at, "this ) closes nothing");
    return node;
  }

  #choice(): PatternNode {
    if (++this.#depth > DEEPEST) throw new PatternSyntaxError(this.at, "groups are nested too deeply");
    const nodes = [this.#sequence()];
    while (this.#take("|")) nodes.push(this.#sequence());
    this.#depth--;
    return nodes.length === 1 ? nodes[0]! : { type: "choice", nodes };
  }

  #sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.at < this.source.length && !"|)".includes(this.source[this.at]!)) nodes.push(this.#term());
    return { type: "sequence", nodes };
  }

  #term(): PatternNode {
    const start = this.at;
    const node = this.#atom();
    const bounds = this.#quantifier();
    if (bounds === undefined) return node;
    if (node.type === "assert") {
      throw new PatternSyntaxError(start, "a part that matches no character cannot repeat");
    }
    const [min, max] = bounds;
    this.#take("?"); // Lazy or greedy: whether there is a match does not depend on it.
    return { type: "repeat", node, min, max };
  }

  #quantifier(): [min: number, max: number] | undefined {
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    if (this.#take("?")) return [0, 1];
    const [text, min, comma, max] = /^\{(\d+)(,?)(\d*)\}/.exec(this.source.slice(this.at)) ?? [];
    if (text === undefined) return undefined;
    const least = Number(min);
    const most = comma === "" ? least : max === "" ? Infinity : Number(max);
    if (least > most) throw new PatternSyntaxError(this.at, "write the smaller number first");
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS)) {
      throw new PatternSyntaxError(this.at, `at most ${MOST_REPEATS} repeats can be counted`);
    }
    this.at += text.length;
    return [least, most];
  }

  #atom(): PatternNode {
    const start = this.at;
    const character = String.fromCodePoint(this.source.codePointAt(start)!);
    this.at += character.length;
    switch (character) {
      case "(":
        return this.#group(start);
      case "[":
        return { type: "set", set: this.#class(start) };
      case ".":
        return { type: "set", set: this.#dotAll ? complement([]) : complement(LINE_ENDS) };
      case "^":
        return { type: "assert", what: this.#multiline ? "line-start" : "start" };
      case "$":
        return { type: "assert", what: this.#multiline ? "line-end" : "end" };
      case "*":
      case "+":
      case "?":
        throw new PatternSyntaxError(start, `there is nothing that ${character} could repeat`);
      case "\\":
        return this.#escape(start);
    }
    return { type: "set", set: this.#folded(single(character)) };
  }

  #escape(start: number): PatternNode {
    const next = this.source[this.at];
    if (next === "b" || next === "B") {
      this.at++;
      return { type: "assert", what: next === "b" ? "word" : "not-word" };
    }
    return { type: "set", set: this.#folded(readEscape(this, start)) };
  }

  #group(start: number): PatternNode {
    const opening = /^\?(?::|<[A-Za-z_$][\w$]*>)/.exec(this.source.slice(this.at))?.[0];
    if (opening === undefined && this.source[this.at] === "?") {
      throw new PatternSyntaxError(
        start,
        "patterns are matched in linear time, so there is no lookaround: use not or !~, or two expectations",
      );
    }
    this.at += opening?.length ?? 0;
    const node = this.#choice();
    if (!this.#take(")")) throw new PatternSyntaxError(start, "this ( is never closed");
    return node;
  }

  #class(start: number): CodePoints {
    const negated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take("]")) {
      if (this.at >= this.source.length) throw new PatternSyntaxError(start, "this [ is never closed");
      const from = this.#classMember();
      if (this.source[this.at] !== "-" || this.source[this.at + 1] === "]") {
        ranges.push(...from);
        continue;
      }
      const dash = this.at++;
      if (this.at >= this.source.length) throw new PatternSyntaxError(start, "this [ is never closed");
      const to = this.#classMember();
      const [first, last] = [onlyMember(from), onlyMember(to)];
      if (first === undefined || last === undefined) ranges.push(...from, [0x2d, 0x2d], ...to);
      else if (first > last) throw new PatternSyntaxError(dash, "this range goes backwards");
      else ranges.push([first, last]);
    }
    const set = this.#folded(normalise(ranges));
    return negated ? complement(set) : set;
  }

  #classMember(): CodePoints {
    const start = this.at;
    const character = String.fromCodePoint(this.source.codePointAt(start)!);
    this.at += character.length;
    if (character !== "\\") return single(character);
    if (this.source[this.at] === "b") {
      this.at++;
      return [[0x08, 0x08]];
    }
    return readEscape(this, start);
  }

  #folded(set: CodePoints): CodePoints {
    return this.#ignoreCase ? foldCase(set) : set;
  }

  #take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}

function single(character: string): CodePoints {
  const point = character.codePointAt(0)!;
  return [[point, point]];
}

function onlyMember(set: CodePoints): number | undefined {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
}
