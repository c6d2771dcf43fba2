import type { ProbeFlags } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import type { ParsedFlags } from "./parse_flags.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Probes the URLs among the arguments.
 *
 * @returns The exit code.
 * @throws {UsageError} If no URL is given.
 */
export async function runProbe(args: ParsedFlags<ProbeFlags>, io: CommandIo): Promise<number> {
  if (args.operands.length === 0) throw new UsageError("Cannot probe: no URL was given");
  await io.stderr.write("");
  return 3;
}
