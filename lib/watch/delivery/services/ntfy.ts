/**
 * Messages to a topic of ntfy.
 *
 * @module
 */

import { fitText, oneLine, utf8Length } from "../fit_text.ts";
import { detailsOf, type NoticeWeight, titleOf, weightOf } from "../notice_text.ts";
import { renderTemplate } from "../template.ts";
import type { Service } from "./service.ts";

/** Most bytes of a message; ntfy makes a file of a longer one. */
const MESSAGE_LIMIT = 4096;
const LINE_LIMIT = 600;
const TITLE_LIMIT = 250;

/** The priority of a notice that is no bad news. */
const USUAL = 3;

/** Tags that ntfy shows as a sign. */
const SIGNS: Readonly<Record<NoticeWeight, string>> = {
  bad: "rotating_light",
  warning: "warning",
  good: "white_check_mark",
  neutral: "information_source",
};

/** ntfy: a topic of ntfy.sh or of another server. */
export const NTFY: Service<"ntfy"> = {
  request({ url, token, title, priority, tags }, notice) {
    const weight = weightOf(notice);
    const own = titleOf(notice);
    const shown = fitText(oneLine(title === undefined ? own : renderTemplate(title, notice)), TITLE_LIMIT);
    // A title of the task file says what its author likes, so the message begins with the notice's own title.
    const lines = title === undefined ? [] : [writeLine(own)];
    const details = detailsOf(notice, title === undefined ? shown : undefined);
    const click = /^https?:\/\/[\x21-\x7e]+$/.test(notice.url) ? notice.url : undefined;
    return {
      url,
      method: "POST",
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Title": encodeTitle(shown),
        "Priority": String(weight === "bad" ? priority : USUAL),
        "Tags": [SIGNS[weight], ...tags].join(","),
        ...(click !== undefined && { Click: click }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: fitText(
        [...lines, ...details.map(([name, value]) => `${name}: ${writeLine(value)}`)].join("\n"),
        MESSAGE_LIMIT,
        { measure: utf8Length },
      ),
    };
  },
};

function writeLine(text: string): string {
  return fitText(oneLine(text), LINE_LIMIT);
}

/** RFC 2047 §2: a header field has ASCII only, so another text is encoded. */
function encodeTitle(title: string): string {
  if (/^[\x20-\x7e]*$/.test(title) && !title.includes("=?")) return title;
  return `=?UTF-8?B?${new TextEncoder().encode(title).toBase64()}?=`;
}
