/**
 * Finds the tests of a file of lib/.
 *
 * @module
 */

import { ROOT } from "../repository/_source_tree.ts";

/** Tests to run one after the other until one fails. */
export interface Mirror {
  /** Tests named after the file, and tests of its folder; they notice a bug soonest. */
  readonly near: readonly string[];
  /** All tests of its layer. */
  readonly layer: readonly string[];
}

/**
 * Finds the tests that mirror a file: `lib/report/prom/gauge.ts` has `tests/report/prom/` and `tests/report/`.
 *
 * @param root The folder of the repository or of a copy, with a slash at the end
 */
export function mirrorOf(path: string, root: URL = ROOT): Mirror {
  const parts = path.replace(/^lib\//, "").replace(/\.ts$/, "").split("/");
  const layer = parts[0]!;
  const nearby = parts.length === 1 ? [] : [
    `tests/${parts.join("/")}_test.ts`,
    `tests/${parts.slice(0, -1).join("/")}_test.ts`,
    ...(parts.length > 2 ? [`tests/${parts.slice(0, -1).join("/")}/`] : []),
  ];
  return {
    near: nearby.filter((file) => isThere(file, root)),
    layer: [`tests/${layer}/`, `tests/${layer}_test.ts`].filter((file) => isThere(file, root)),
  };
}

function isThere(path: string, root: URL): boolean {
  try {
    Deno.statSync(new URL(path, root));
    return true;
  } catch {
    return false;
  }
}
