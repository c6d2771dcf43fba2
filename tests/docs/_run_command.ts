/**
 * Runs the command lines of a page, one after the other, in a folder of their own.
 *
 * @module
 */

import type { Command } from "./_page.ts";
import { type Program, PROGRAMS, type ShellState } from "./_programs.ts";
import { parseCommandLine, type Simple } from "./_shell.ts";

/** What a command gave. */
export interface CommandOutcome {
  readonly page: string;
  readonly line: number;
  readonly code: number;
  /** stdout and stderr, as they come on a terminal. */
  readonly printed: string;
  /** Milliseconds that it took. */
  readonly ms: number;
}

/** The address that the pages show, which in a test is another one of loopback. */
const SHOWN_ADDRESS = "127.0.0.1";

/** What sonde prints beside its results on a machine with too much to do. */
const BUSY = /held up by|^own lag|too busy|machine was late|stopped or busy/m;
/** A variable of the environment, in front of a program. */
const ASSIGNMENT = /^([A-Z_]+)=(.*)$/;
const MOST_TRIES = 5;

/** A page's shell: its exit code goes from one command to the next. */
export class PageShell {
  readonly #address: string;
  #code = 0;

  constructor(address: string) {
    this.#address = address;
  }

  /** Runs a command, again if the machine was too busy to show what the page shows. */
  async run(command: Command): Promise<CommandOutcome> {
    for (let tries = 1;; tries++) {
      const outcome = await this.#runOnce(command);
      if (tries === MOST_TRIES || !BUSY.test(outcome.printed)) return outcome;
    }
  }

  /** Runs one command. The address of the servers stands in for the one that the page shows. */
  async #runOnce(command: Command): Promise<CommandOutcome> {
    const { page, line, text, printed: shown = [] } = command;
    const shownFile = /^cat (\S+)$/.exec(text);
    if (shownFile) {
      await Deno.writeTextFile(shownFile[1]!, this.#toServers(shown.join("\n") + "\n"));
    }
    const startedAt = performance.now();
    let printed = "";
    const print = (more: string): void => void (printed += more);
    try {
      await this.#runChain(text, print, shown.filter((row) => row !== "").length);
    } catch (error) {
      // So that one command that cannot be run hides nothing of the others.
      print(String(error));
      this.#code = -1;
    }
    const ms = performance.now() - startedAt;
    return { page, line, code: this.#code, printed: printed.replaceAll(this.#address, SHOWN_ADDRESS), ms };
  }

  async #runChain(text: string, print: (text: string) => void, enoughLines: number): Promise<void> {
    for (const { when, programs } of parseCommandLine(this.#toServers(text))) {
      if (when === "after success" && this.#code !== 0) continue;
      if (when === "after failure" && this.#code === 0) continue;
      await this.#pipe(programs, print, enoughLines);
    }
  }

  async #pipe(
    programs: readonly Simple[],
    print: (text: string) => void,
    enoughLines: number,
  ): Promise<void> {
    let carried = "";
    for (const [index, { words, stdin, stdout }] of programs.entries()) {
      const first = words.findIndex((word) => !ASSIGNMENT.test(word));
      const [name, ...args] = words.slice(first);
      let output = "";
      const isLast = index === programs.length - 1;
      for (const [, variable, value] of words.slice(0, first).map((word) => ASSIGNMENT.exec(word) ?? [])) {
        if (variable !== undefined) Deno.env.set(variable, value!);
      }
      const program: Program | undefined = PROGRAMS[name!];
      if (program === undefined) throw new Error(`No program ${name} is known here: add it to _programs.ts`);
      const shell: ShellState = { code: this.#code, address: this.#address, enoughLines };
      this.#code = await program(args, {
        stdin: stdin === undefined ? carried : await Deno.readTextFile(stdin),
        onStdout: (text) => isLast && stdout === undefined ? print(text) : void (output += text),
        onStderr: print,
      }, shell);
      if (stdout !== undefined) await Deno.writeTextFile(stdout, output);
      carried = output;
    }
  }

  #toServers(text: string): string {
    return text.replaceAll(SHOWN_ADDRESS, this.#address);
  }
}
