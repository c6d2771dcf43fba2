/**
 * The values of `--color`.
 *
 * @module
 */

/** The values of `--color`, the default first. */
export const COLOR_CHOICES = ["auto", "always", "never"] as const;

/** The outputs that get colours: terminals, all outputs or none. */
export type ColorChoice = typeof COLOR_CHOICES[number];

/**
 * Reads `--color` and `--no-color` from the arguments by hand, since an error may come from parsing the flags. The last
 * one counts.
 */
export function findColorChoice(args: readonly string[]): ColorChoice {
  let choice: ColorChoice = "auto";
  for (const [index, arg] of args.entries()) {
    if (arg === "--") break;
    if (arg === "--no-color") choice = "never";
    const value = arg === "--color" ? args[index + 1] : /^--color=(.*)/s.exec(arg)?.[1];
    choice = COLOR_CHOICES.find((known) => known === value) ?? choice;
  }
  return choice;
}
