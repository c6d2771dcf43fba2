/**
 * Runs the command lines of a page one after the other in a temporary folder.
 *
 * @module
 */

import type { Command } from "./_page.ts";
import { type Program, PROGRAMS, type ShellState } from "./_programs.ts";
import { parseCommandLine, type Simple } from "./_shell.ts";

/** The exit code and output of a command. */
export interface CommandOutcome {
  readonly page: string;
  readonly line: number;
  readonly code: number;
  /** stdout and stderr, as they appear on a terminal. */
  readonly printed: string;
  /** Duration in milliseconds. */
  readonly ms: number;
}

/** The address that the pages show; tests use another loopback address. */
const SHOWN_ADDRESS = "127.0.0.1";

/** Messages that sonde adds on an overloaded machine. */
const BUSY = /held up by|^own lag|too busy|machine was late|stopped or busy/m;
/** An environment variable before a program. */
const ASSIGNMENT = /^([A-Z_]+)=(.*)$/;
const MOST_TRIES = 5;

/** The shell of a page, which passes the exit code from one command to the next. */
export class PageShell {
  readonly #address: string;
  #code = 0;
  #permissions: readonly string[] = [];

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

  /** Runs one command. It replaces the address on the page by that of the servers. */
  async #runOnce(command: Command): Promise<CommandOutcome> {
    const { page, line, text, needs = [], printed: shown = [] } = command;
    this.#permissions = needs.map((flag) => this.#toServers(flag));
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
      // A command that cannot run must not hide the results of the others.
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
      const shell: ShellState = {
        code: this.#code,
        address: this.#address,
        enoughLines,
        permissions: this.#permissions,
      };
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
