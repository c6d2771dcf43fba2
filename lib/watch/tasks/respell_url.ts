/**
 * The URL of the same file in another spelling: a module is evaluated once for each URL, and so is everything that it
 * imports by a relative one. In another spelling of its folder all of it is read anew.
 *
 * @param url A file.
 * @param nth 0 is the URL itself; every other number gives another spelling.
 * @returns `undefined` if the folder cannot be spelled in so many ways: with n letters and digits there are 2ⁿ.
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
  // From the root on, so that what is imported from a folder above is spelled differently too. Not a drive of Windows.
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
