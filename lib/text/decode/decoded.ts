/** The text decoded from some bytes, and the fault that ended decoding. */
export interface Decoded {
  readonly text: string;
  /** Bytes that do not form a complete character yet. */
  readonly rest: Uint8Array;
  /** Description of the fault after the text, worded to follow "line 3 has". */
  readonly fault?: string;
}
