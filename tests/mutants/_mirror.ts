/**
 * The tests of a file of lib/.
 *
 * @module
 */

import { ROOT } from "../repository/_source_tree.ts";

/** Tests to run one after the other until one fails. */
export interface Mirror {
  /** Those named after the file, and those of its folder; they tell soonest. */
  readonly near: readonly string[];
  /** All tests of its layer. */
  readonly layer: readonly string[];
}

/** Finds the tests that mirror a file: `lib/report/prom/gauge.ts` has `tests/report/prom/` and `tests/report/`. */
export function mirrorOf(path: string): Mirror {
  const parts = path.replace(/^lib\//, "").replace(/\.ts$/, "").split("/");
  const layer = parts[0]!;
  const nearby = parts.length === 1 ? [] : [
    `tests/${parts.join("/")}_test.ts`,
    `tests/${parts.slice(0, -1).join("/")}_test.ts`,
    ...(parts.length > 2 ? [`tests/${parts.slice(0, -1).join("/")}/`] : []),
  ];
  return {
    near: nearby.filter(isThere),
    layer: [`tests/${layer}/`, `tests/${layer}_test.ts`].filter(isThere),
  };
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(new URL(path, ROOT));
    return true;
  } catch {
    return false;
  }
}
