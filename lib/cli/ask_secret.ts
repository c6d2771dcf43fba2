/**
 * Asks for a password on the terminal.
 *
 * `promptSecret()` of `@std/cli` reads stdin synchronously, so Ctrl-C would wait for the Enter key, and Ctrl-D would
 * become a part of the password.
 *
 * @module
 */

import { escapeMessage } from "../text/escape/text.ts";
import type { Output } from "./output/output.ts";
import { InterruptedQuestion } from "./usage_error.ts";

/** The part of a terminal that the question needs. */
export type SecretInput = Pick<typeof Deno.stdin, "read" | "setRaw">;

/** The octets that a terminal sends for keys. */
const KEY = { interrupt: 0x03, end: 0x04, backspace: 0x08, lf: 0x0a, cr: 0x0d, clear: 0x15, delete: 0x7f };

/** In raw mode with `cbreak`, Ctrl-C is still a signal. Windows has only raw mode itself. */
const RAW = Deno.build.os === "windows" ? undefined : { cbreak: true };

/**
 * Asks on stderr, and reads a line of stdin that the terminal does not show.
 *
 * @param question Words in front of the cursor, as in `Password for admin:`.
 * @returns The line, which may be empty; `null` if the input ends before anything was typed.
 * @throws {InterruptedQuestion} If the user interrupts the question.
 */
export async function askSecret(
  question: string,
  { stderr, signal }: { readonly stderr: Output; readonly signal: AbortSignal },
  stdin: SecretInput = Deno.stdin,
): Promise<string | null> {
  await stderr.write(`${escapeMessage(question)} `);
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const interrupt = () => reject(new InterruptedQuestion());
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  stdin.setRaw(true, RAW);
  try {
    return await Promise.race([readLine(stdin), interrupted]);
  } finally {
    signal.removeEventListener("abort", interrupt);
    stdin.setRaw(false);
    await stderr.write("\n");
  }
}

async function readLine(stdin: SecretInput): Promise<string | null> {
  const typed: number[] = [];
  const buffer = new Uint8Array(1_024);
  while (true) {
    const length = await stdin.read(buffer) ?? 0;
    if (length === 0) return typed.length === 0 ? null : decode(typed);
    for (const octet of buffer.subarray(0, length)) {
      switch (octet) {
        case KEY.interrupt:
          throw new InterruptedQuestion();
        case KEY.end:
          return typed.length === 0 ? null : decode(typed);
        case KEY.lf:
        case KEY.cr:
          return decode(typed);
        case KEY.clear:
          typed.length = 0;
          break;
        case KEY.backspace:
        case KEY.delete:
          removeLast(typed);
          break;
        default:
          typed.push(octet);
      }
    }
  }
}

/** Removes the last character, which may have several octets in UTF-8. */
function removeLast(typed: number[]): void {
  let octet = typed.pop();
  while (octet !== undefined && (octet & 0xc0) === 0x80) octet = typed.pop();
}

function decode(typed: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(typed));
}
