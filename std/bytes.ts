/**
 * Adds types to the size formatter of Deno's standard library, since the npm package has compiled sources
 * without types.
 *
 * @module
 */

// @ts-types="./bytes.d.ts"
export { format } from "npm:deno-std@1.4.0/fmt/bytes.js";
