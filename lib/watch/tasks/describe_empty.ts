/** Describes an empty text: written so, or empty because of an empty secret. */
export function describeEmpty(written: unknown): string {
  return written === "" ? "it is empty" : `it is empty because ${written} is empty`;
}
