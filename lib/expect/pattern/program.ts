/**
 * Compiles the tree of a pattern into steps.
 *
 * @module
 */

import type { CodePoints } from "./code_points.ts";
import type { Assertion, PatternNode } from "./parse_pattern.ts";

/** One step of a program; numbers are indexes of other steps. */
export type Instruction =
  | { readonly type: "set"; readonly set: CodePoints; readonly next: number }
  | { readonly type: "split"; readonly next: number; readonly other: number }
  | { readonly type: "assert"; readonly what: Assertion; readonly next: number }
  | { readonly type: "match" };

/** The steps of a non-deterministic automaton that matches a pattern (Thompson's construction). */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** Most steps of a program: a match takes at most this number times the length of the text. */
const MOST_INSTRUCTIONS = 2000;

/**
 * Compiles a tree into steps; counted repeats become copies.
 *
 * @throws {RangeError} If the program gets too long
 */
export function compileProgram(tree: PatternNode): Program {
  const instructions: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (instructions.length === MOST_INSTRUCTIONS) {
      throw new RangeError(`its repetitions make more than ${MOST_INSTRUCTIONS} steps`);
    }
    return instructions.push(instruction) - 1;
  };
  /** Compiles `node`, from its end to its start. The steps continue at `next`; the first step is returned. */
  const build = (node: PatternNode, next: number): number => {
    switch (node.type) {
      case "set":
        return add({ type: "set", set: node.set, next });
      case "assert":
        return add({ type: "assert", what: node.what, next });
      case "sequence":
        return node.nodes.reduceRight((after, part) => build(part, after), next);
      case "choice":
        return node.nodes.map((part) => build(part, next))
          .reduceRight((other, first) => add({ type: "split", next: first, other }));
      case "repeat":
        return buildRepeat(node, next);
    }
  };
  const buildRepeat = (node: PatternNode & { type: "repeat" }, next: number): number => {
    let start = next;
    if (node.max === Infinity) {
      const loop = add({ type: "split", next, other: next });
      instructions[loop] = { type: "split", next: build(node.node, loop), other: next };
      start = loop;
    } else {
      for (let copy = node.min; copy < node.max; copy++) {
        start = add({ type: "split", next: build(node.node, start), other: next });
      }
    }
    for (let copy = 0; copy < node.min; copy++) start = build(node.node, start);
    return start;
  };
  const match = add({ type: "match" });
  return { start: build(tree, match), instructions };
}
