/**
 * Refuses operands that a command does not take.
 *
 * @module
 */

import { UsageError } from "./usage_error.ts";

/**
 * Refuses operands that a command does not take.
 *
 * @param name The command.
 * @param operands The operands that were given to it.
 * @param most The number of operands that it takes.
 * @throws {UsageError} If there are more.
 */
export function refuseOperands(name: string, operands: readonly string[], most = 0): void {
  const extra = operands[most];
  if (extra === undefined) return;
  throw new UsageError(`Cannot use "${extra}": sonde ${name} takes ${most === 0 ? "no" : "one"} operand`);
}
