/**
 * Lays out the facts about all hops of a redirect chain together.
 *
 * @module
 */

import { chainTotal, earliestCertificate } from "../../redirect_chain.ts";
import type { ProbeResult } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { escapeText } from "../../text/escape/text.ts";
import { layOutFacts, type Span, type View } from "../../text/layout.ts";
import { daysSpan } from "./days_span.ts";

/**
 * Lays out the time of all hops, and the certificate that ends first if it belongs to an earlier hop. Gives no lines if no
 * redirect was followed.
 */
export function layOutChain(result: ProbeResult, view: View): string[] {
  const { redirects } = result;
  if (redirects.length === 0) return [];
  const total = formatDuration(chainTotal(result));
  const facts: Span[][] = [[`${formatQuantity(redirects.length + 1, "request")}, total ${total}`]];
  const earliest = earliestCertificate(result);
  const own = earliestCertificate({ ...result, redirects: [] });
  if (earliest !== undefined && earliest.sha256 !== own?.sha256) {
    const { subject, url, notAfter } = earliest;
    facts.push([
      ["dim", "certificate that ends first "],
      `${escapeText(subject)} of ${escapeText(url)}, until ${escapeText(notAfter)}, `,
      daysSpan(earliest),
    ]);
  }
  return layOutFacts("chain", facts, view);
}
