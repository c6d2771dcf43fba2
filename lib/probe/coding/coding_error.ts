/**
 * Why a coding could not be undone.
 *
 * @module
 */

/** What is wrong with a coded content, as part of a sentence. */
export class CodingError extends Error {}
