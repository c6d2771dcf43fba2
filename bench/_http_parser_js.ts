/**
 * The parser that Node had before llhttp, with its version in one place.
 *
 * @module
 */

export { HTTPParser } from "npm:http-parser-js@0.5.10";
