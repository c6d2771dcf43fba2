/**
 * What the command line uses of Deno's standard library, in full specifiers: a module that is imported by URL does not see
 * the import map of the `deno.json` beside it. `deno-std` on npm has the same sources as JSR, compiled and without types, so
 * the types stand in `std.d.ts`; with JSR these lines become `jsr:@std/cli@1/prompt-secret` and so on, and that file goes.
 *
 * @module
 */

// @ts-types="./std.d.ts"
export { promptSecret } from "npm:deno-std@1.4.0/cli/prompt_secret.js";
