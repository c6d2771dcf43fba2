/**
 * The validator of HAR files, with its version in one place.
 *
 * @module
 */

export { default } from "npm:har-validator@5.1.5/lib/promise.js";
