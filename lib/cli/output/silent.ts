/**
 * The meaning of `--quiet`.
 *
 * @module
 */

/**
 * Tells whether results are dropped. `-q` silences terminals and pipes; a file is still written, as curl does with
 * `-s -o FILE`.
 */
export function isSilent(
  { quiet, output, resume }: {
    readonly quiet: boolean;
    readonly output?: string | undefined;
    readonly resume?: string | undefined;
  },
): boolean {
  return quiet && output === undefined && resume === undefined;
}
