/**
 * Words a notice for people.
 *
 * @module
 */

import { formatSecond } from "../../text/instant.ts";
import { changeTitle, formatOutageLength } from "../state/change_title.ts";
import type { ChangeNotice } from "./change_notice.ts";

/** Characters of a title that every service shows. */
const SAFE_TITLE = 500;

/** The weight of a notice: for colours, priorities and severities. */
export type NoticeWeight = "bad" | "warning" | "good" | "neutral";

/** Tells the weight of a notice. */
export function weightOf({ kind, to }: Pick<ChangeNotice, "kind" | "to">): NoticeWeight {
  switch (kind) {
    case "down":
      return "bad";
    case "up":
    case "certificate-renewed":
    case "measured":
    case "removed":
      return "good";
    case "reminder":
    case "steady":
      return to === "down" ? "bad" : to === "degraded" ? "warning" : "good";
    case "degraded":
    case "flapping":
    case "certificate-soon":
    case "unmeasured":
      return "warning";
    case "behaviour":
      return "neutral";
  }
}

/** Gives the title of a notice in one line. */
export function titleOf(notice: ChangeNotice): string {
  // A history of an earlier version may still have notices without a title.
  return (notice as Partial<ChangeNotice>).title ?? changeTitle(notice.check, notice);
}

/**
 * Lists the details that belong below the title.
 *
 * @param shown The title that people see; without the cause in it, the details have it
 */
export function detailsOf(
  notice: ChangeNotice,
  shown: string = titleOf(notice).slice(0, SAFE_TITLE),
): (readonly [name: string, value: string])[] {
  const { cause, since, from, to, at, outage, certificate, url, tags } = notice;
  const details: [string, string][] = [];
  // Good news needs no cause: every expectation holds.
  if (weightOf(notice) !== "good" && !shown.includes(cause)) details.push(["Cause", cause]);
  if (outage !== undefined) {
    details.push(["Outage", `${formatOutageLength(outage)}, since ${formatInstant(outage.start)}`]);
    if (outage.cause !== cause) details.push(["Outage cause", outage.cause]);
  }
  if (certificate !== undefined) {
    details.push(["Certificate", `${certificate.subject}, until ${formatInstant(certificate.notAfter)}`]);
  }
  details.push(["URL", url]);
  if (tags.length > 0) details.push(["Tags", tags.join(", ")]);
  details.push(from === to ? ["At", formatInstant(at)] : ["Since", formatInstant(since)]);
  return details;
}

/** Formats a time of ISO 8601 as `2026-03-01 12:00:00 UTC`. */
function formatInstant(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(iso) ? `${formatSecond(iso)} UTC` : iso;
}
