import { plain } from "../../lib/text/paint.ts";
import { chooseCommand } from "../../lib/cli/choose_command.ts";
import { parseFlags } from "../../lib/cli/flags/parse_flags.ts";
import type { ParsedFlags } from "../../lib/cli/flags/parse_flags.ts";
import type { CommandIo } from "../../lib/cli/io.ts";
import type { Output } from "../../lib/cli/output/output.ts";
import { StatusLine } from "../../lib/cli/output/status_line.ts";
import { formatRunError } from "../../lib/cli/run_error.ts";

/** The exit code and output of a run. */
export interface RunOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An output that keeps the text. */
export class TextOutput implements Output {
  readonly broken = false;
  text = "";

  /** @param terminal True if it stands for a terminal. */
  constructor(readonly terminal: boolean = false) {}

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }
}

/** Runs a command line in this process, without colours, at 80 columns. */
export async function run(args: readonly string[], changes: Partial<CommandIo> = {}): Promise<RunOutcome> {
  const stdout = new TextOutput();
  const stderr = new TextOutput();
  const status = new StatusLine(changes.stderr ?? stderr, () => 80);
  const io: CommandIo = {
    stdin: new ReadableStream({ start: (controller) => controller.close() }),
    signal: new AbortController().signal,
    paintFor: () => Promise.resolve(plain),
    width: 80,
    widthOf: () => 80,
    now: () => performance.now(),
    status,
    args,
    ...changes,
    stdout: status.above(changes.stdout ?? stdout),
    stderr: status.above(changes.stderr ?? stderr),
  };
  try {
    const { command, rest } = chooseCommand(args);
    const code = await command.run(parseFlags(rest, await command.loadFlags()) as ParsedFlags<never>, io);
    return { code, stdout: stdout.text, stderr: stderr.text };
  } catch (error) {
    const { text, code } = formatRunError(error);
    return { code, stdout: stdout.text, stderr: stderr.text + text };
  }
}
