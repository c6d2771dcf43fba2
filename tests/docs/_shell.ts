/**
 * Parses the part of the shell grammar that the pages use.
 *
 * @module
 */

/** One program with its arguments and files. */
export interface Simple {
  readonly words: readonly string[];
  readonly stdin?: string;
  readonly stdout?: string;
}

/** A chain of pipelines; the operator before each decides when it runs. */
export interface Pipeline {
  readonly when: "always" | "after success" | "after failure";
  readonly programs: readonly Simple[];
}

type Token = { readonly word: string } | { readonly operator: string };

const OPERATOR = /^(?:&&|\|\||[|<>;])/;

/** Parses a command line. `$?` stays as it is; the words of `$(…)` are not supported. */
export function parseCommandLine(text: string): Pipeline[] {
  const chain: {
    when: Pipeline["when"];
    programs: { words: string[]; stdin?: string; stdout?: string }[];
  }[] = [
    { when: "always", programs: [{ words: [] }] },
  ];
  let file: "stdin" | "stdout" | undefined;
  for (const token of tokenize(text)) {
    const { programs } = chain.at(-1)!;
    const program = programs.at(-1)!;
    if ("word" in token) {
      if (file) program[file] = token.word;
      else program.words.push(token.word);
      file = undefined;
      continue;
    }
    switch (token.operator) {
      case "<":
        file = "stdin";
        break;
      case ">":
        file = "stdout";
        break;
      case "|":
        programs.push({ words: [] });
        break;
      case ";":
        chain.push({ when: "always", programs: [{ words: [] }] });
        break;
      case "&&":
        chain.push({ when: "after success", programs: [{ words: [] }] });
        break;
      case "||":
        chain.push({ when: "after failure", programs: [{ words: [] }] });
        break;
    }
  }
  return chain.filter(({ programs }) => programs[0]!.words.length > 0);
}

function* tokenize(text: string): Generator<Token> {
  let rest = text.trimStart();
  while (rest !== "" && !rest.startsWith("#")) {
    const operator = OPERATOR.exec(rest)?.[0];
    if (operator !== undefined) {
      yield { operator };
      rest = rest.slice(operator.length).trimStart();
      continue;
    }
    const quoted = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\|<>;&]|&(?!&))+/.exec(rest)?.[0];
    if (quoted === undefined) throw new SyntaxError(`Cannot read ${rest} as a word`);
    yield { word: unquote(quoted) };
    rest = rest.slice(quoted.length).trimStart();
  }
}

function unquote(text: string): string {
  return text.replace(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped!,
  );
}
