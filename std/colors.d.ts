// The signature of @std/fmt 1, for the function that this repository uses.

/** Removes colours and other escape sequences from a text. */
export function stripAnsiCode(text: string): string;
