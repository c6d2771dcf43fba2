/**
 * Bugs of the command line.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const CLI_MUTANTS: readonly Mutant[] = [
  {
    bug: "what could not be measured hides a failure in the exit code",
    text: "if (this.#failed > 0) return ExitCode.failed;",
    becomes: "if (this.#failed > 0 && this.#unmeasured === 0) return ExitCode.failed;",
  },
  {
    bug: "an interrupted run ends with 0",
    text: "if (interrupted) return ExitCode.interrupted;",
    becomes: "",
  },
  {
    bug: "the first of two values of a flag wins",
    text: "return given.at(-1);",
    becomes: "return given.at(0);",
  },
  {
    bug: "-- does not end the flags",
    text: 'if (arg === "--") this.operands.push(...this.#rest.splice(0));',
    becomes: 'if (arg === "--") this.operands.push(...this.#rest.splice(0, 1));',
  },
  {
    bug: "two letters that are swapped are two errors",
    text: "edits = Math.min(edits, cell(beforeLast, column - 2) + 1);",
    becomes: "",
  },
  {
    bug: "a time without a zone is local",
    text: ": `${text}Z`;",
    becomes: ": text;",
  },
  {
    bug: "0 is a count",
    text: "if (count === 0) throw new RangeError(",
    becomes: "if (count < 0) throw new RangeError(",
  },
  {
    bug: "a header with a semicolon at its end is refused",
    text: 'text.length > 1 && text.endsWith(";")',
    becomes: 'text.length > 1 && text.endsWith(";;")',
  },
  {
    bug: "a torn line stays in the file that is resumed",
    text: "if (wholeOctets < size) await file.truncate(wholeOctets);",
    becomes: "",
  },
  {
    bug: "--only failed prints the rows that are ok",
    text: '(only === "ok") === row.ok',
    becomes: '(only === "ok") !== row.ok',
  },
  {
    bug: "the flag that is needed is not asked for",
    text: "if (needs !== undefined && !this.#given.has(needs)) {",
    becomes: "if (needs !== undefined && this.#given.has(needs)) {",
  },
  {
    bug: "a port 0 is taken in --resolve",
    text: "if (port < 1 || port > 65_535) {\n    throw new RangeError(`Cannot use port",
    becomes: "if (port > 65_535) {\n    throw new RangeError(`Cannot use port",
  },
  {
    bug: "the share of a batch falls when its list turns out longer",
    text: "this.#share = Math.max(this.#share, Math.min(1,",
    becomes: "this.#share = Math.max(0, Math.min(1,",
  },
  {
    bug: "other text is glued to the progress line",
    text: "await this.#erase();\n      await output.write(text);",
    becomes: "await output.write(text);",
  },
  {
    bug: "a local fault ends with 1",
    text: "return { text: `${say(error.message)}\\n`, code: ExitCode.unmeasured };",
    becomes: "return { text: `${say(error.message)}\\n`, code: ExitCode.failed };",
  },
  {
    bug: "-o overwrites the file that --data reads",
    text: "...named, ...contents].filter(",
    becomes: "...named].filter(",
  },
  {
    bug: "a batch of an empty list passes",
    text: "list.size !== 0 || list.faults.length > 0",
    becomes: "list.size !== 1 || list.faults.length > 0",
  },
  {
    bug: "the list that is read is overwritten",
    text: "refuseOwnInput(flags.resume ?? flags.output, lists)",
    becomes: "refuseOwnInput(undefined, lists)",
  },
  {
    bug: "a report overwrites the history",
    text: "refuseOwnInput(flags.output, databaseFiles(path))",
    becomes: "refuseOwnInput(undefined, databaseFiles(path))",
  },
  {
    bug: "-d with -X sends POST",
    text: 'head ? "HEAD" : request ?? (data.length > 0 ? "POST" : undefined)',
    becomes: 'head ? "HEAD" : data.length > 0 ? "POST" : request',
  },
  {
    bug: "pieces of -d are not joined by &",
    text: 'if (index > 0) pieces.push(encodeLatin1("&"));',
    becomes: "",
  },
  {
    bug: "-d has no Content-Type",
    text: "if (data.length > 0 && !typed) headers",
    becomes: "if (data.length > 0 && typed) headers",
  },
  {
    bug: "redirects are followed without being asked",
    text: "maxRedirects: location ? maxRedirs : 0,",
    becomes: "maxRedirects: maxRedirs,",
  },
  {
    bug: "the password of -u ends at a colon",
    text: "password: text.slice(colon + 1) };",
    becomes: 'password: text.slice(colon + 1).split(":")[0] ?? "" };',
  },
  {
    bug: "octets after the last response are lost by parse",
    text: "if (stream.surplusBytes > 0) last.surplusBytes = stream.surplusBytes;",
    becomes: "",
  },
  {
    bug: "what is wrong behind the last request is held against it",
    text: "if (last && failure && !last.ok) fail(last, failure);",
    becomes: "if (last && failure) fail(last, failure);",
  },
  {
    bug: "an expectation shortens the watch",
    text: "idleLimit: options.idleLimit ?? Math.max(usualIdleLimit(options), idleLimit),",
    becomes: "idleLimit: options.idleLimit ?? idleLimit,",
  },
  {
    bug: "an expectation of an experiment that is not made is taken",
    text: "if (missing !== undefined) throw new UsageError(sayMissing(",
    becomes: 'if (missing === "") throw new UsageError(sayMissing(',
  },
  {
    bug: "a part that cannot be continued is said to be",
    text: "(${resumable ? RESUMABLE : ANEW})",
    becomes: "(${RESUMABLE})",
  },
  {
    bug: "the end of a raw exchange does not say why",
    text: 'stop && stop !== "peer" && stop !== "error" ?',
    becomes: 'stop === "error" ?',
  },
  {
    bug: "the hex view begins anew with each piece",
    text: "    this.#offset += bytes.length;\n    return text;",
    becomes: "    return text;",
  },
  {
    bug: "a count of 100 % is shown before the end",
    text: "`${Math.floor(100 * share)} %`",
    becomes: "`${Math.round(100 * share)} %`",
  },
  {
    bug: "a list with an empty name is taken",
    text: 'if (names.includes("")) {\n    throw new SyntaxError(`Cannot parse list',
    becomes: "if (names.length === 0) {\n    throw new SyntaxError(`Cannot parse list",
  },
  {
    bug: "a time limit of 0 is taken",
    text: "  if (ms === 0) {\n    throw new RangeError(`Cannot use",
    becomes: "  if (ms < 0) {\n    throw new RangeError(`Cannot use",
  },
  {
    bug: "contradicting flags are taken",
    text: "if (other !== undefined) {\n        throw new UsageError(`--${name} and",
    becomes: 'if (other === "") {\n        throw new UsageError(`--${name} and',
  },
  {
    bug: "a letter with = says nothing of the = in its error",
    text: 'value.startsWith("=") ? `; write',
    becomes: 'value.startsWith("==") ? `; write',
  },
  {
    bug: "--only splits the name of a check at its commas",
    text: "known.has(text) ? [text] : words",
    becomes: "words",
  },
  {
    bug: "watch --once counts runs in a row without a history",
    text: ".filter(([, count]) => count > 1);",
    becomes: ".filter(([, count]) => count > 100);",
  },
  {
    bug: "--check finds no variables in code",
    text: 'access: "env",\n      value,\n      reason: "its code",\n    }))',
    becomes: 'access: "env",\n      value: "",\n      reason: "its code",\n    }))',
  },
  {
    bug: "--check ends with 0 although a permission is missing",
    text: "return missing.length + mendable.length > 0 ? ExitCode.unmeasured : ExitCode.ok;",
    becomes: "return mendable.length > 0 ? ExitCode.unmeasured : ExitCode.ok;",
  },
  {
    bug: "--forget makes a history where there is none",
    text: "new History(path, { create: false })",
    becomes: "new History(path)",
  },
  {
    bug: "-h shows the whole help",
    text: 'return args.slice(0, end === -1 ? undefined : end).includes("--help");',
    becomes: "return end !== -2;",
  },
  {
    bug: "the help breaks a line between a number and its unit",
    text: "|\\d[\\d.,/]*|-) (?:$",
    becomes: "|-) (?:$",
  },
  {
    bug: "a command shows the flags that it shares before its own",
    text: ": !isDefault && PROBING.has(flag)",
    becomes: ": isDefault && PROBING.has(flag)",
  },
  {
    bug: "an explanation does not leave its term on a narrow terminal",
    text: "if (width < NARROW) {",
    becomes: "if (width < 0) {",
  },
  {
    bug: "bash takes the first letter of -kvo for a flag with a value",
    text: "if ((at == \\${#flag} - 1)); then flag=$letter; else flag=; fi",
    becomes: "flag=-\\${flag:1:1}",
  },
  {
    bug: "fish offers a word that the list already has",
    text: "contains -- $word $listed[1..-2]; or string join",
    becomes: "string join",
  },
  {
    bug: "zsh offers no files for the value of a flag",
    text: 'return "_files";',
    becomes: 'return " ";',
  },
  {
    bug: "a dot at the beginning of a source line makes a roff request",
    text: 'line.startsWith(".") ? `\\\\&${line}` : line',
    becomes: "line",
  },
];
