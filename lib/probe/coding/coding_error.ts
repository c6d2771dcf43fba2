/**
 * The error of a coding that cannot be undone.
 *
 * @module
 */

/** A fault of a coded content, worded as part of a sentence. */
export class CodingError extends Error {}
