/**
 * The error of a content that cannot be decoded.
 *
 * @module
 */

/** A fault of coded content, worded as part of a sentence. */
export class CodingError extends Error {}
