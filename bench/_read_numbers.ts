/**
 * The arguments of the benchmarks.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";

/**
 * Reads the only flag of a benchmark: whole numbers separated by commas. Any other argument ends the process.
 *
 * @param name Name of the flag, without dashes.
 * @param usual The value if the flag is not given.
 */
export function readNumbers(name: string, usual: string): [number, ...number[]] {
  const wrong: string[] = [];
  const values: Readonly<Record<string, unknown>> = parseArgs(Deno.args, {
    string: [name],
    default: { [name]: usual },
    unknown: (arg) => wrong.push(arg),
  });
  const [first = NaN, ...rest] = String(values[name]).split(",").map(Number);
  if (wrong.length > 0 || [first, ...rest].some((number) => !(Number.isSafeInteger(number) && number > 0))) {
    console.error(`Usage: --${name} ${usual}`);
    Deno.exit(2);
  }
  return [first, ...rest];
}
