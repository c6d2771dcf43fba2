import { assertEquals } from "@std/assert";
import { askOnTerminal } from "../../lib/cli/ask_on_terminal.ts";
import { testRows } from "../_test_rows.ts";
import { TextOutput } from "./_run.ts";

/** Makes a terminal on which somebody types a line; `null` is the end of the input. */
function typing(line: string | null): Pick<typeof Deno.stdin, "read"> {
  return {
    read: (buffer) => {
      if (line === null) return Promise.resolve(null);
      return Promise.resolve(new TextEncoder().encodeInto(line, buffer).written);
    },
  };
}

testRows<[line: string | null, yes: boolean]>(
  "askOnTerminal() takes y and yes for yes, and everything else for no",
  [["y\n", true], ["Yes\r\n", true], ["n\n", false], ["\n", false], ["yesterday\n", false], [null, false]],
  async ([line, yes]) => {
    const stderr = new TextOutput();
    const { signal } = new AbortController();
    assertEquals(await askOnTerminal("Probe the host db?", { stderr, signal }, typing(line)), yes);
    assertEquals(stderr.text, `Probe the host db? [y/N] ${line === null ? "\n" : ""}`);
  },
  { permissions: "none" },
);

Deno.test("askOnTerminal() takes an interruption for no", { permissions: "none" }, async () => {
  const stop = new AbortController();
  const silent = { read: () => new Promise<null>(() => {}) };
  const answer = askOnTerminal("Probe?", { stderr: new TextOutput(), signal: stop.signal }, silent);
  stop.abort();
  assertEquals(await answer, false);
});
