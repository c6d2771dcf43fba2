/**
 * Adds types to the colours of Deno's standard library, since the npm package has compiled sources without
 * types.
 *
 * @module
 */

// @ts-types="./colors.d.ts"
export { stripAnsiCode } from "npm:deno-std@1.4.0/fmt/colors.js";
