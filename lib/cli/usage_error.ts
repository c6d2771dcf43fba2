/** A wrong command line: the run ends with exit code 2 before any I/O. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** The user interrupted a question of sonde: the run ends with exit code 130, without a message. */
export class InterruptedQuestion extends Error {
  override readonly name = "InterruptedQuestion";
}

/** A flag that the command lacks. */
export class UnknownFlagError extends UsageError {
  override readonly name = "UnknownFlagError";
  /** The flag as it is written alone: `--name` or `-n`. */
  readonly flag: string;
  /** The whole argument, since `-title` may be the flag `--title` of another program. */
  readonly argument: string;

  constructor(flag: string, message: string, argument: string = flag) {
    super(message);
    this.flag = flag;
    this.argument = argument;
  }
}

/** A flag that only another command has. */
export class FlagOfOtherCommandError extends UsageError {
  override readonly name = "FlagOfOtherCommandError";
  /** The name of that command as a user types it; `undefined` for `sonde URL`. */
  readonly command: string | undefined;

  constructor(message: string, command: string | undefined) {
    super(message);
    this.command = command;
  }
}

/** A flag of Deno among the arguments of sonde. */
export class MisplacedFlagError extends UsageError {
  override readonly name = "MisplacedFlagError";
  /** The flags as written, such as `--allow-read=.`. */
  readonly flags: readonly string[];

  constructor(flags: readonly string[]) {
    super(`Cannot take ${flags.join(" ")} here: flags of Deno go before the script`);
    this.flags = flags;
  }
}

/**
 * Makes the error about a missing operand. If a flag took the last argument as its value, that was probably the operand.
 *
 * @param what The fault: `Cannot probe: no URL was given`.
 * @param args The parsed arguments.
 * @param example A command line that works, without `sonde`.
 */
export function missingOperand(
  what: string,
  { swallowed }: { readonly swallowed?: string | undefined },
  example: string,
): UsageError {
  const cause = swallowed === undefined ? "" : ` (${swallowed})`;
  return new UsageError(`${what}${cause}; write one, as in sonde ${example}`);
}

/**
 * Runs `parse` and turns what a caller's mistake throws into a {@linkcode UsageError}.
 *
 * @param parse Reads something that the user wrote.
 * @param prefix The place of the text, such as `--max-time`; it begins the message.
 * @returns The result of `parse`.
 * @throws {UsageError} If `parse` throws a `SyntaxError`, `RangeError` or `TypeError`.
 */
export function parseUsage<T>(parse: () => T, prefix?: string): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) {
      throw new UsageError(prefix === undefined ? error.message : `${prefix}: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
