/**
 * Leaves out fields without a value.
 *
 * @module
 */

/** A type whose optional fields also take `undefined`. */
type UndefinedAllowed<T> = {
  [Key in keyof T]: Pick<T, Key> extends Required<Pick<T, Key>> ? T[Key] : T[Key] | undefined;
};

/**
 * Copies an object without the fields that are `undefined`, so that results have no keys without a value. The type of the
 * result has to be known from the place where it is used: a surplus field is then an error.
 *
 * @param fields The fields, in the order that the copy has
 *
 * @example Usage
 * ```ts
 * import { withoutUndefined } from "./without_undefined.ts";
 * import assert from "node:assert/strict";
 *
 * const limit: { readonly status: number; readonly retryAfter?: number } = withoutUndefined({
 *   status: 503,
 *   retryAfter: undefined,
 * });
 * assert.deepEqual(limit, { status: 503 });
 * ```
 */
export function withoutUndefined<T extends object>(fields: NoInfer<UndefinedAllowed<T>>): T {
  const kept: Partial<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept as T;
}
