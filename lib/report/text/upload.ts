/**
 * Describes a request of which only a part was sent.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";

/** Describes how much of a request was sent, or gives `undefined` if all of it was. */
export function describeUnfinished({ request }: Pick<ProbeResult, "request">): string | undefined {
  if (request?.bytes === undefined || request.complete) return undefined;
  const { sentBytes, bytes } = request;
  return `request not sent to its end: ${formatCount(sentBytes)} of ${formatQuantity(bytes, "octet")}`;
}
