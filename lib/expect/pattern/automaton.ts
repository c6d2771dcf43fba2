/**
 * Matches a pattern in time that is proportional to the text.
 *
 * @module
 */

import { includes, LINE_ENDS, WORD } from "./code_points.ts";
import type { Assertion } from "./parse_pattern.ts";
import type { Program } from "./program.ts";
import { SymbolTable } from "./symbol_table.ts";

/** The matcher gave up, because the match would take too long. */
export class PatternEffortError extends Error {
  override readonly name = "PatternEffortError";
}

/** The neighbour of a place in the text, as far as assertions need it. */
const enum Side {
  Edge,
  LineEnd,
  Word,
  Other,
}

/** Most states of the automaton; beyond that it is built anew. */
const MOST_STATES = 5000;

/** Most steps for building states during one match: about half a second. Walking over built states costs almost nothing. */
const MOST_STEPS = 20_000_000;

interface State {
  /** Steps that the next character may take, in ascending order. */
  readonly steps: readonly number[];
  /** The neighbour before the place. */
  readonly before: Side;
  /** Next states by symbol; the last one is for the end of the text. */
  readonly next: (State | typeof MATCH | undefined)[];
}

const MATCH = Symbol("match");

/** Runs a program over a text as a deterministic automaton, which it builds on the way. */
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

  /** Tells if the program matches anywhere in `text`. */
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

  /** Follows all steps that need no character, then the steps that `symbol` allows. */
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
    // A match may begin anywhere, so the first step is always possible.
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

  /** Removes the references between states, so that their memory can be freed. */
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
