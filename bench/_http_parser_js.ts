/**
 * Imports http-parser-js, a parser written in JavaScript. Its version stands only here.
 *
 * @module
 */

export { HTTPParser } from "npm:http-parser-js@0.5.10";
