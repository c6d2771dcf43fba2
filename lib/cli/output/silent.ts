/**
 * What `--quiet` silences.
 *
 * @module
 */

/**
 * Whether no results are to be written: `-q` is about the terminal and pipes, and a file that was asked for is written all
 * the same, as curl does with `-s -o FILE`.
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
