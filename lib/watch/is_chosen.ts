/**
 * Chooses checks by name or tag.
 *
 * @module
 */

/** Tells if one of the words is the name or a tag of a check. Without words, every check is chosen. */
export function isChosen(
  { name, tags }: { readonly name: string; readonly tags: readonly string[] },
  words: readonly string[] | undefined,
): boolean {
  return words === undefined || words.some((word) => word === name || tags.includes(word));
}
