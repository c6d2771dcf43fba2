/**
 * Reads the text of the body of a result.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { NotEstablished } from "./fact.ts";

/** Reads the text of the body. The text of an empty body is known even if the probe kept no text. */
export function bodyText({ body, error }: ProbeResult): string | NotEstablished {
  if (body === undefined) {
    return new NotEstablished(error === undefined ? "no response was read" : error.message);
  }
  if (body.text !== undefined) return body.text;
  if (body.coding?.error !== undefined) {
    return new NotEstablished(`the body could not be decoded: ${body.coding.error}`);
  }
  return body.bytes === 0 ? "" : new NotEstablished("the text of the body was not kept");
}
