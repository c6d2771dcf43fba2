import { redactPasswords } from "./secrets.ts";

/** A task file cannot be used. The message has one line for each mistake. */
export class TaskFileError extends SyntaxError {
  /** Name of the class. */
  override readonly name = "TaskFileError";
  /** The mistakes, each with entry and key. */
  readonly problems: readonly string[];
  /** Paths of the files that the task file names, as far as it was read. */
  readonly files: readonly string[];

  /**
   * Makes an error with a line for each mistake.
   *
   * @param file Name of the file in the message
   * @param files Paths of the files that the task file names
   */
  constructor(file: string, problems: readonly string[], files: readonly string[] = []) {
    const shown = problems.map(redactPasswords);
    super(shown.map((problem) => `${file}: ${problem}`).join("\n"));
    this.problems = shown;
    this.files = files;
  }
}
