/**
 * The reader of arguments of Deno's standard library, typed: the npm package has the compiled sources without their types.
 *
 * @module
 */

// @ts-types="./parse_args.d.ts"
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
