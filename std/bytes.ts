/**
 * The formatter of sizes of Deno's standard library, typed: the npm package has the compiled sources without their types.
 *
 * @module
 */

// @ts-types="./bytes.d.ts"
export { format } from "npm:deno-std@1.4.0/fmt/bytes.js";
