/**
 * Events to PagerDuty, or to a service that takes its Events API v2.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { subjectOf } from "../alerts.ts";
import { parseJsonObject } from "../answer_text.ts";
import type { ChangeNotice } from "../change_notice.ts";
import { fitText, oneLine } from "../fit_text.ts";
import { detailsOf, titleOf, weightOf } from "../notice_text.ts";
import { postJson, type Service } from "./service.ts";

const SUMMARY_LIMIT = 1024;
const KEY_LIMIT = 255;
const DETAIL_LIMIT = 4000;

/** PagerDuty: events that open and resolve an alert. */
export const PAGERDUTY: Service<"pagerduty"> = {
  request(receiver, notice) {
    const weight = weightOf(notice);
    const event = {
      routing_key: receiver.key,
      event_action: weight === "good" ? "resolve" : "trigger",
      dedup_key: keyOf(notice),
      client: "sonde",
      payload: {
        summary: fitText(oneLine(titleOf(notice)), SUMMARY_LIMIT),
        source: fitText(oneLine(notice.url), SUMMARY_LIMIT) || notice.check,
        severity: weight === "bad" ? receiver.severity : weight === "neutral" ? "info" : "warning",
        timestamp: notice.at,
        component: fitText(notice.check, SUMMARY_LIMIT),
        class: notice.kind,
        custom_details: Object.fromEntries(
          detailsOf(notice).map(([name, value]) => [name, fitText(value, DETAIL_LIMIT)]),
        ),
      },
    };
    return postJson(receiver.url, event);
  },
  fault({ status, text }) {
    const { status: said, message, errors } = parseJsonObject(text);
    if (status >= 300 || said === undefined || said === "success") return undefined;
    return { status: 400, cause: [message ?? said, ...(Array.isArray(errors) ? errors : [])].join(": ") };
  },
};

/**
 * Makes the key by which the service joins the events of one alert: all about the condition of a check have the same,
 * so that the recovery finds the alert however the check got there.
 */
function keyOf({ check, kind, ends, at }: ChangeNotice): string {
  const subject = subjectOf(ends ?? kind);
  const suffix = subject === "condition" ? "" : `/${subject}${subject === "behaviour" ? `/${at}` : ""}`;
  const key = `sonde/${check.toWellFormed()}${suffix}`;
  if (key.length <= KEY_LIMIT) return key;
  return `sonde/${createHash("sha256").update(check).digest("hex")}${suffix}`;
}
