/** The text decoded from some octets, and the fault that ended decoding. */
export interface Decoded {
  readonly text: string;
  /** Octets that make no whole character yet. */
  readonly rest: Uint8Array;
  /** Describes the fault behind the text, so that it fits after "line 3 has". */
  readonly fault?: string;
}
