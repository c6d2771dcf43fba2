/**
 * Header fields that a caller adds to a request, replaces in it or removes from it.
 *
 * @module
 */

/**
 * Header fields as a caller writes them: a record, `Headers`, or a list of pairs. Pairs and records are sent in their
 * order and case; a list of pairs can have a name several times. `Headers` sorts its names and puts them in lower case.
 *
 * A field with the name of a default field replaces it. `null` or `undefined` as the value removes the default field.
 */
export type HeadersInput =
  | Headers
  | Readonly<Record<string, string | null | undefined>>
  | readonly (readonly [name: string, value: string | null | undefined])[];

/** A change to the fields that a request has by default; `undefined` removes the field of that name. */
export type HeaderChange = readonly [name: string, value: string | undefined];

/**
 * Reads the header fields of a caller as a list of changes.
 *
 * @throws {TypeError} If a field is not a pair of name and value
 */
export function headerChanges(headers: HeadersInput): HeaderChange[] {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError(`Cannot send ${typeof headers} as header fields: use a record, Headers or pairs`);
  }
  return (Symbol.iterator in headers ? [...headers] : Object.entries(headers)).map(toChange);
}

function toChange(field: readonly [string, string | null | undefined]): HeaderChange {
  if (Array.isArray(field) && field.length === 2) {
    const [name, value = null] = field;
    if (typeof name === "string" && (value === null || typeof value === "string")) {
      return [name, value ?? undefined];
    }
  }
  throw new TypeError(`Cannot send ${JSON.stringify(field)} as a header field: use a pair of two strings`);
}
