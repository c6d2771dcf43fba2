// The signature of @std/fmt 1, for the options that this repository uses.

export function format(bytes: number, options?: { binary?: boolean; maximumFractionDigits?: number }): string;
