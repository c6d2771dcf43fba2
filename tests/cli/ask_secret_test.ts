import { assertEquals, assertRejects } from "@std/assert";
import { askSecret, type SecretInput } from "../../lib/cli/ask_secret.ts";
import { InterruptedQuestion } from "../../lib/cli/usage_error.ts";
import { testRows } from "../_test_rows.ts";
import { TextOutput } from "./_run.ts";

/** A terminal on which somebody types; it keeps the modes that it was set to. */
class Typing implements SecretInput {
  readonly modes: boolean[] = [];
  readonly #pieces: string[];

  constructor(pieces: readonly string[]) {
    this.#pieces = [...pieces];
  }

  setRaw(mode: boolean): void {
    this.modes.push(mode);
  }

  read(buffer: Uint8Array): Promise<number | null> {
    const piece = this.#pieces.shift();
    return Promise.resolve(piece === undefined ? null : new TextEncoder().encodeInto(piece, buffer).written);
  }
}

testRows<[pieces: string[], secret: string | null]>(
  "askSecret() reads a line, with the keys that delete",
  [
    [["s", "3", "\n"], "s3"],
    [["pasted\r"], "pasted"],
    [["\n"], ""],
    [["a\u007f\u007fb\n"], "b"],
    [["n\u00f6", "\b", "o\n"], "no"],
    [["wrong\u0015right\n"], "right"],
    [["typed\u0004"], "typed"],
    [["\u0004"], null],
    [[], null],
    [["typed"], "typed"],
  ],
  async ([pieces, secret]) => {
    const [stderr, stdin] = [new TextOutput(), new Typing(pieces)];
    const { signal } = new AbortController();
    assertEquals(await askSecret("Password for admin:", { stderr, signal }, stdin), secret);
    assertEquals([stderr.text, stdin.modes], ["Password for admin: \n", [true, false]]);
  },
  { permissions: "none" },
);

Deno.test("askSecret() ends at once when it is interrupted, and gives the terminal back", {
  permissions: "none",
}, async () => {
  const stop = new AbortController();
  const modes: boolean[] = [];
  const silent = {
    read: () => new Promise<null>(() => {}),
    setRaw: (mode: boolean) => void modes.push(mode),
  };
  const secret = askSecret("Password:", { stderr: new TextOutput(), signal: stop.signal }, silent);
  stop.abort();
  await assertRejects(() => secret, InterruptedQuestion);
  const key = new Typing(["pass\u0003"]);
  const { signal } = new AbortController();
  await assertRejects(
    () => askSecret("Password:", { stderr: new TextOutput(), signal }, key),
    InterruptedQuestion,
  );
  assertEquals([modes, key.modes], [[true, false], [true, false]]);
});
