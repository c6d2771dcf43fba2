/** What could be decoded of some octets. */
export interface Decoded {
  readonly text: string;
  /** Octets that make no whole character yet. */
  readonly rest: Uint8Array;
  /** What follows the text and is wrong, as it stands after "line 3 has". */
  readonly fault?: string;
}
