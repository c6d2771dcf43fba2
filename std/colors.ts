/**
 * The colours of Deno's standard library, typed: the npm package has the compiled sources without their types.
 *
 * @module
 */

// @ts-types="./colors.d.ts"
export { stripAnsiCode } from "npm:deno-std@1.4.0/fmt/colors.js";
