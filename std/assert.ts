/**
 * The assertions of Deno's standard library, typed: the npm package has the compiled sources without their types.
 *
 * @module
 */

// @ts-types="./assert.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";
