/**
 * Adds types to the assertions of Deno's standard library, since the npm package has compiled sources without
 * types.
 *
 * @module
 */

// @ts-types="./assert.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";
