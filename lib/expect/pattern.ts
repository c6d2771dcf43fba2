/**
 * Regular expressions that cannot hang. An automaton looks for the match, without backtracking, so the time is proportional
 * to the length of the text for every pattern.
 *
 * @module
 */

import { Automaton, PatternEffortError } from "./pattern/automaton.ts";
import { PatternSyntaxError } from "./pattern/escape.ts";
import { parsePattern } from "./pattern/parse_pattern.ts";
import { compileProgram, type Program } from "./pattern/program.ts";

export { PatternEffortError, PatternSyntaxError };

/** A regular expression in the syntax of ECMAScript, without back-references and lookaround. */
export class Pattern {
  readonly source: string;
  readonly flags: string;
  readonly #automaton: Automaton;

  /**
   * @param source The text between the slashes
   * @param flags Any of `i`, `m`, `s`, `u`, each once
   * @throws {PatternSyntaxError} If the pattern has a mistake; the error has its index in `source`
   */
  constructor(source: string, flags = "") {
    this.source = source;
    this.flags = flags;
    const tree = parsePattern(source, flags);
    this.#automaton = new Automaton(compile(() => compileProgram(tree)));
  }

  /**
   * Tells if the pattern matches anywhere in `text`.
   *
   * @throws {PatternEffortError} If that would take longer than a fraction of a second
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
