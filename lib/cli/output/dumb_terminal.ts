/**
 * Recognizes a terminal that knows no control sequences.
 *
 * @module
 */

/**
 * Tells whether sonde runs at a terminal with TERM=dumb, as in a buffer of an editor. Gives `false` without a terminal.
 *
 * Reading TERM itself would need `--allow-env=TERM`. Instead this function asks Node's console, which needs no permission:
 * `clear()` writes control sequences to a terminal, but none with TERM=dumb.
 */
export async function hasDumbTerminal(): Promise<boolean> {
  if (!Deno.stdout.isTerminal() && !Deno.stderr.isTerminal()) return false;
  const { Console } = await import("node:console");
  let sequences = "";
  const stream = {
    isTTY: true,
    write: (text: string) => {
      sequences += text;
      return true;
    },
  };
  // The console calls no other method of a stream for clear().
  new Console(stream as unknown as NodeJS.WritableStream).clear();
  return sequences === "";
}
