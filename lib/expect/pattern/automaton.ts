/**
 * Matches a pattern in time that grows with the text only.
 *
 * @module
 */

import { includes, LINE_ENDS, WORD } from "./code_points.ts";
import type { Assertion } from "./parse_pattern.ts";
import type { Program } from "./program.ts";
import { SymbolTable } from "./symbol_table.ts";

/** A match was given up, as it would have taken too long. */
export class PatternEffortError extends Error {
  override readonly name = "PatternEffortError";
}

/** What stands beside a place in the text, as far as assertions care. */
const enum Side {
  Edge,
  LineEnd,
  Word,
  Other,
}

/** What was built of the automaton stays until it has this many states; then it is built anew. */
const MOST_STATES = 5000;

/** Steps for building states during one match, about half a second; walking over built ones costs next to nothing. */
const MOST_STEPS = 20_000_000;

interface State {
  /** Steps that the next character may take, in ascending order. */
  readonly steps: readonly number[];
  /** What stands before. */
  readonly before: Side;
  /** By symbol; the last one is for the end of the text. */
  readonly next: (State | typeof MATCH | undefined)[];
}

const MATCH = Symbol("match");

/** Runs a program over text as a deterministic automaton that is built while it is used. */
export class Automaton {
  readonly #program: Program;
  readonly #symbols: SymbolTable;
  readonly #sides: readonly Side[];
  readonly #states = new Map<string, State>();
  readonly #seen: Uint32Array;
  #mark = 0;
  #effort = 0;

  constructor(program: Program) {
    this.#program = program;
    const sets = program.instructions.flatMap((step) => step.type === "set" ? [step.set] : []);
    this.#symbols = new SymbolTable([...sets, WORD, LINE_ENDS]);
    this.#sides = this.#symbols.samples.map(sideOf);
    this.#seen = new Uint32Array(program.instructions.length);
  }

  /** Whether the program matches anywhere in `text`. */
  test(text: string): boolean {
    const end = this.#symbols.samples.length;
    this.#effort = 0;
    let state = this.#state([this.#program.start], Side.Edge);
    for (let at = 0; at < text.length; at++) {
      const point = text.codePointAt(at)!;
      if (point > 0xffff) at++;
      const symbol = this.#symbols.symbolOf(point);
      const next = state.next[symbol] ?? this.#build(state, symbol);
      if (next === MATCH) return true;
      state = next;
    }
    return (state.next[end] ?? this.#build(state, end)) === MATCH;
  }

  /** Follows all steps that need no character, then those that `symbol` allows. */
  #build(state: State, symbol: number): State | typeof MATCH {
    const after = this.#sides[symbol] ?? Side.Edge;
    const sample = this.#symbols.samples[symbol];
    const reached: number[] = [];
    const pending = [...state.steps];
    this.#mark++;
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      if (this.#seen[step] === this.#mark) continue;
      this.#seen[step] = this.#mark;
      this.#effort++;
      const instruction = this.#program.instructions[step]!;
      switch (instruction.type) {
        case "match":
          return state.next[symbol] = MATCH;
        case "split":
          pending.push(instruction.next, instruction.other);
          break;
        case "assert":
          if (holds(instruction.what, state.before, after)) pending.push(instruction.next);
          break;
        case "set":
          if (sample !== undefined && includes(instruction.set, sample)) reached.push(instruction.next);
          break;
      }
    }
    if (this.#effort > MOST_STEPS) {
      throw new PatternEffortError("Gave up matching: the pattern takes too long");
    }
    // A match may begin at any place, so the first step is always open.
    return state.next[symbol] = this.#state([...reached, this.#program.start], after);
  }

  #state(steps: readonly number[], before: Side): State {
    const sorted = [...new Set(steps)].sort((a, b) => a - b);
    const key = `${before}:${sorted}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= MOST_STATES) this.#forget();
    const state: State = { steps: sorted, before, next: [] };
    this.#states.set(key, state);
    return state;
  }

  /** States refer to each other, so each lets go of the others. */
  #forget(): void {
    for (const state of this.#states.values()) state.next.length = 0;
    this.#states.clear();
  }
}

function sideOf(point: number): Side {
  if (includes(LINE_ENDS, point)) return Side.LineEnd;
  return includes(WORD, point) ? Side.Word : Side.Other;
}

function holds(what: Assertion, before: Side, after: Side): boolean {
  switch (what) {
    case "start":
      return before === Side.Edge;
    case "end":
      return after === Side.Edge;
    case "line-start":
      return before === Side.Edge || before === Side.LineEnd;
    case "line-end":
      return after === Side.Edge || after === Side.LineEnd;
    case "word":
      return (before === Side.Word) !== (after === Side.Word);
    case "not-word":
      return (before === Side.Word) === (after === Side.Word);
  }
}
