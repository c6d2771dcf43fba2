/**
 * Reads from a head whether and for how long its connection stays open (RFC 9112 §9.3).
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";
import { splitList } from "./field_list.ts";

/** The promises of a response head about its connection. */
export interface AnnouncedPersistence {
  /** True if the version and `Connection` promise that the connection stays open. */
  persistent: boolean;
  /** `Keep-Alive: timeout`, in seconds. */
  timeout?: number;
  /** `Keep-Alive: max`, in requests. */
  max?: number;
}

/**
 * Reads whether the connection stays open (`Connection` and version) and for how long (`Keep-Alive`).
 *
 * HTTP/1.1 persists unless `Connection` names `close`; HTTP/1.0 only if it names `keep-alive`. `Proxy-Connection` has
 * no effect. `Keep-Alive` is no longer part of a standard (RFC 2068 §19.7.1); `timeout` is in seconds, `max` in
 * requests.
 *
 * @example Usage
 * ```ts
 * import { parsePersistence } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parsePersistence("1.0", [["Connection", "keep-alive"], ["Keep-Alive", "timeout=5, max=100"]]), {
 *   persistent: true,
 *   timeout: 5,
 *   max: 100,
 * });
 * ```
 */
export function parsePersistence(version: string, headers: readonly FieldLine[]): AnnouncedPersistence {
  const announced: AnnouncedPersistence = { persistent: false };
  let close = false;
  let keepAlive = false;
  for (const [name, value] of headers) {
    // The length alone rules out most names.
    if (name.length !== LENGTH) continue;
    const lowerName = name.toLowerCase();
    if (lowerName === "keep-alive") readKeepAlive(value, announced);
    if (lowerName !== "connection") continue;
    for (const option of splitList(value.toLowerCase())) {
      close ||= option === "close";
      keepAlive ||= option === "keep-alive";
    }
  }
  announced.persistent = !close && (version === "1.0" ? keepAlive : version.startsWith("1."));
  return announced;
}

/**
 * Tells whether a head itself says what happens to its connection. If it does not, the default of the HTTP version
 * holds.
 */
export function namesPersistence(headers: readonly FieldLine[]): boolean {
  return headers.some(([name, value]) => {
    if (name.length !== LENGTH) return false;
    const lowerName = name.toLowerCase();
    return lowerName === "keep-alive" ||
      (lowerName === "connection" &&
        splitList(value.toLowerCase()).some((option) => option === "close" || option === "keep-alive"));
  });
}

/** The length of both "connection" and "keep-alive". */
const LENGTH = 10;

/** Reads `timeout` and `max`; the first of each counts. */
function readKeepAlive(value: string, announced: AnnouncedPersistence): void {
  for (const element of splitList(value.toLowerCase())) {
    const [, name, digits] = /^(timeout|max)[ \t]*=[ \t]*"?([0-9]{1,15})"?$/.exec(element) ?? [];
    if (name === "timeout") announced.timeout ??= Number(digits);
    else if (name === "max") announced.max ??= Number(digits);
  }
}
