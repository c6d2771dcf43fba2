/**
 * The modules of Deno's standard library that the command line uses.
 *
 * They have full specifiers, because a module that is imported by URL does not see the import map of the `deno.json` beside
 * it. `deno-std` on npm has the same sources as JSR, compiled and without types, so the types stand in `std.d.ts`; with JSR
 * a specifier becomes `jsr:@std/fmt@1/bytes`, and that file goes.
 *
 * Each module is loaded by the run that needs it. The specifiers are values and not literals in `import()`, because Deno
 * downloads the packages of literals before a program begins: without a network, even `--version` would wait for that.
 *
 * sonde does not use these modules of the package, and has code of its own instead:
 *
 * - `cli/parse-args` for flags (`flags/parse_flags.ts`): it reads `-XPOST` as five switches, takes a missing value for "",
 *   and accepts unknown flags. Scripts, benchmarks and the fuzzer, which have a few long flags, use it.
 * - `cli/prompt-secret` (`ask_secret.ts`): it reads stdin synchronously, so Ctrl-C waits for the Enter key.
 * - `cli/unicode-width` (`lib/text/columns.ts`) and `async`: the npm package lacks files that they import.
 * - `text/closest-string` (`lib/text/nearest.ts`): it counts two swapped letters as two errors and then suggests `--sni` for
 *   `--jsno`. The library also needs the function, and has no packages.
 * - `csv`: it does not escape formulas, which spreadsheets run.
 * - `fmt/colors` (`output/colours.ts`): under NO_COLOR it ignores `--color always`, and the first run would wait for its
 *   download.
 * - `fmt/duration` (`lib/text/duration.ts`): it prints 1234.5 ms as `1s 234ms 500µs`.
 * - `streams` and `data-structures`: the library has no packages, and `TextLineStream` has no limit for a line.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { LocalFault } from "./local_fault.ts";
import { recentFailure, rememberFailure } from "./registry_failure.ts";
import type * as std from "./std.d.ts";

const BYTES = "npm:deno-std@1.4.0/fmt/bytes.js";

/** Milliseconds to wait for a module that a run can do without. A registry behind a silent firewall must not delay it. */
const LOAD_LIMIT = 2_000;

/**
 * Loads the formatter of sizes.
 *
 * @throws {LocalFault} If the module is not in Deno's cache and cannot be downloaded in time.
 */
export async function loadFormatBytes(): Promise<typeof std.format> {
  return (await loadInTime<Pick<typeof std, "format">>(BYTES)).format;
}

/** Loads a module that a run can do without. After a failure, runs do not try again for a while. */
async function loadInTime<Module>(specifier: string): Promise<Module> {
  const failed = recentFailure();
  if (failed) {
    throw new LocalFault(`Cannot load ${specifier}: the registry was unreachable at ${failed.toISOString()}`);
  }
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = callAfter(LOAD_LIMIT, () => {
    reject(new LocalFault(`Cannot load ${specifier}: the registry has not answered for ${LOAD_LIMIT} ms`));
  });
  try {
    return await Promise.race([load<Module>(specifier), late]);
  } catch (error) {
    rememberFailure();
    throw error;
  } finally {
    cancel();
  }
}

async function load<Module>(specifier: string): Promise<Module> {
  try {
    return await import(specifier);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    throw new LocalFault(`Cannot load ${specifier}: ${reason}`, { cause: error });
  }
}
