/**
 * Spells the URL of a file in another way. Deno evaluates a module once for each URL, and its relative imports as well;
 * with another spelling of the folder it reads all of them anew.
 *
 * @param url URL of a file
 * @param nth 0 gives the URL itself, every other number another spelling
 * @returns `undefined` if there are not that many spellings: a folder with n letters and digits has 2ⁿ
 *
 * @example Usage
 * ```ts
 * import { respellUrl } from "./respell_url.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(respellUrl(new URL("file:///srv/checks.ts"), 1)?.href, "file:///%73rv/checks.ts");
 * ```
 */
export function respellUrl(url: URL, nth: number): URL | undefined {
  const end = url.pathname.lastIndexOf("/");
  let left = nth;
  // Begin at the root, so that imports from a folder above get another spelling too. Leave drives of Windows alone.
  const folder = url.pathname.slice(0, end).replace(
    /%[0-9A-Fa-f]{2}|(?<=^\/)[A-Za-z]:|[A-Za-z0-9]/g,
    (character) => {
      if (character.length > 1) return character;
      const encoded = left % 2 === 1;
      left = Math.floor(left / 2);
      return encoded ? `%${character.charCodeAt(0).toString(16)}` : character;
    },
  );
  if (left > 0) return undefined;
  return new URL(`${folder}${url.pathname.slice(end)}`, url);
}
