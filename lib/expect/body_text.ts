/**
 * The text of the body of a result, or why there is none.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { NotEstablished } from "./fact.ts";

/** The text of the body; that of an empty one is known without having been kept. */
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
