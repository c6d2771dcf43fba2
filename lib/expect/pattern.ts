/**
 * Regular expressions that cannot hang: a match takes time in proportion to the length of the text, whatever the
 * pattern, because it is found by an automaton and not by trying and going back.
 *
 * @module
 */

import { Automaton, PatternEffortError } from "./pattern/automaton.ts";
import { PatternSyntaxError } from "./pattern/escape.ts";
import { parsePattern } from "./pattern/parse_pattern.ts";
import { compileProgram, type Program } from "./pattern/program.ts";

export { PatternEffortError, PatternSyntaxError };

/** A regular expression in ECMAScript's syntax, without back-references and lookaround. */
export class Pattern {
  readonly source: string;
  readonly flags: string;
  readonly #automaton: Automaton;

  /**
   * @param source What stands between the slashes.
   * @param flags Any of `i`, `m`, `s`, `u`, each once.
   * @throws {PatternSyntaxError} With the index in `source` at which it goes wrong.
   */
  constructor(source: string, flags = "") {
    this.source = source;
    this.flags = flags;
    const tree = parsePattern(source, flags);
    this.#automaton = new Automaton(compile(() => compileProgram(tree)));
  }

  /**
   * Whether the pattern matches anywhere in `text`.
   *
   * @throws {PatternEffortError} If that would take too much time, a fraction of a second.
   */
  test(text: string): boolean {
    return this.#automaton.test(text);
  }
}

function compile(compiler: () => Program): Program {
  try {
    return compiler();
  } catch (error) {
    if (error instanceof RangeError) throw new PatternSyntaxError(0, error.message);
    throw error;
  }
}
