/**
 * Adds types to parseArgs() of Deno's standard library, since the npm package has compiled sources without
 * types.
 *
 * @module
 */

// @ts-types="./parse_args.d.ts"
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
