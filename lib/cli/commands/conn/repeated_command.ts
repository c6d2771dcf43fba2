/**
 * The command line that measures one server again.
 *
 * @module
 */

import { formatCommandLine, withoutSecrets } from "../../start/shell_words.ts";

/** Flags that only choose the output, with a value and without one. */
const WITH_VALUE = /^(?:-o|--output|--format|--color)$/;
const ATTACHED = /^(?:-o.+|--(?:output|format|color|wire)=[^]*)$/;
const ALONE = /^(?:--json|-q|--quiet|-v|--verbose|--no-color|--wire)$/;

/**
 * Gives the command line that measures one of the targets again: the arguments without secrets, flags of the output and
 * the other targets.
 *
 * @param args The arguments of the process.
 * @param operands The targets among them.
 */
export function repeatedCommand(
  args: readonly string[],
  { operands, input }: { readonly operands: readonly string[]; readonly input: string },
): string {
  const others = operands.filter((operand) => operand !== input);
  const kept = args.filter((arg, index) =>
    !WITH_VALUE.test(args[index - 1] ?? "") && !WITH_VALUE.test(arg) && !ATTACHED.test(arg) &&
    !ALONE.test(arg) &&
    !others.includes(arg)
  );
  return `sonde ${formatCommandLine(withoutSecrets(kept))}`;
}
