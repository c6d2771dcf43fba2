/**
 * Recognises the encoding of a text by its first bytes.
 *
 * @module
 */

/** An encoding that {@linkcode readBeginning} recognises. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The conclusion from the first bytes of a file. */
export type Beginning =
  /** The encoding; `mark` is the length of its byte order mark in bytes. */
  | { readonly encoding: Encoding; readonly mark: number }
  /** sonde cannot read the file; the cause begins with "it". */
  | { readonly cause: string };

/** Number of bytes that suffice to recognise the encoding. */
export const ENOUGH = 4;

const SAVE = "save it as UTF-8";

/** The bytes that begin a text in each encoding, the longer ones first. */
const MARKS: readonly (readonly [octets: readonly number[], is: Beginning])[] = [
  [[0xff, 0xfe, 0, 0], { cause: `it is UTF-32 (little-endian): ${SAVE}` }],
  [[0, 0, 0xfe, 0xff], { cause: `it is UTF-32 (big-endian): ${SAVE}` }],
  [[0xef, 0xbb, 0xbf], { encoding: "utf-8", mark: 3 }],
  [[0xff, 0xfe], { encoding: "utf-16le", mark: 2 }],
  [[0xfe, 0xff], { encoding: "utf-16be", mark: 2 }],
  [[0x1f, 0x8b], { cause: "it is compressed with gzip: decompress it" }],
  [[0x50, 0x4b, 0x03, 0x04], { cause: "it is a ZIP archive, or a document that is one" }],
];

/**
 * Recognises the encoding by the byte order mark. Without one it is UTF-8, unless NUL bytes reveal UTF-16 or
 * UTF-32.
 *
 * @param octets The first {@linkcode ENOUGH} bytes, or all if there are fewer
 */
export function readBeginning(octets: Uint8Array): Beginning {
  const marked = MARKS.find(([mark]) => mark.every((octet, index) => octets[index] === octet));
  if (marked) return marked[1];
  const [first, second, third, fourth] = octets;
  const looksLike = (what: string): Beginning => ({
    cause: `it looks like ${what} without a byte order mark: ${SAVE}, or with the mark`,
  });
  if (first !== undefined && first !== 0 && second === 0) {
    return third === 0 && fourth === 0
      ? { cause: `it looks like UTF-32 (little-endian): ${SAVE}` }
      : looksLike(
        "UTF-16 (little-endian)",
      );
  }
  if (first === 0 && second === 0 && third === 0 && fourth) {
    return { cause: `it looks like UTF-32 (big-endian): ${SAVE}` };
  }
  if (first === 0 && second !== undefined && second !== 0) return looksLike("UTF-16 (big-endian)");
  return { encoding: "utf-8", mark: 0 };
}
