/**
 * A request that was not sent to its end.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";

/** Says how much of a request was sent, if only a part of it was; otherwise `undefined`. */
export function describeUnfinished({ request }: Pick<ProbeResult, "request">): string | undefined {
  if (request?.bytes === undefined || request.complete) return undefined;
  const { sentBytes, bytes } = request;
  return `request not sent to its end: ${formatCount(sentBytes)} of ${formatQuantity(bytes, "octet")}`;
}
