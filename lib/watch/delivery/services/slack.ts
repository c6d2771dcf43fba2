/**
 * Messages to an incoming webhook of Slack, or of a server that takes the same messages.
 *
 * @module
 */

import { parseJsonObject } from "../answer_text.ts";
import { fitText, oneLine } from "../fit_text.ts";
import { detailsOf, type NoticeWeight, titleOf, weightOf } from "../notice_text.ts";
import { postJson, type Service } from "./service.ts";

/** Most characters of a text object in a section block. */
const SECTION_LIMIT = 3000;

/** Most characters of one detail, so that all together fit into one section. */
const DETAIL_LIMIT = 500;

const SIGNS: Readonly<Record<NoticeWeight, string>> = {
  bad: ":red_circle:",
  warning: ":large_orange_circle:",
  good: ":large_green_circle:",
  neutral: ":large_blue_circle:",
};

/** Escapes the three characters that Slack takes for markup. */
const ESCAPES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"]]);

function escapeCharacter(character: string): string {
  return ESCAPES.get(character) ?? character;
}

/** Separates a formatting character at the beginning of a word from the word, so that Slack shows it. */
function withoutFormats(text: string): string {
  return text.replace(/(^|[^\p{L}\p{N}*_~`])([*_~`]+)(?=[^\s*_~`])/gu, "$1$2\u200b");
}

function write(text: string, limit: number): string {
  return fitText(withoutFormats(oneLine(text)), limit, { escape: escapeCharacter });
}

/** Slack: incoming webhooks. */
export const SLACK: Service<"slack"> = {
  request({ url }, notice) {
    const details = detailsOf(notice).map(([name, value]) => `*${name}:* ${write(value, DETAIL_LIMIT)}`);
    const body = {
      text: write(titleOf(notice), SECTION_LIMIT),
      blocks: [
        section(`${SIGNS[weightOf(notice)]} ${write(titleOf(notice), SECTION_LIMIT - 100)}`),
        section(details.join("\n")),
      ],
    };
    return postJson(url, body);
  },
  fault({ status, text }) {
    if (status >= 300 || text === "" || text === "ok") return undefined;
    const { error = text } = parseJsonObject(text);
    if (error === "ratelimited" || error === "rate_limited") return { status: 429, cause: error };
    // Servers that take Slack's messages answer with an object, which says by itself if it is a failure.
    return text.startsWith("{") ? undefined : { status: 400, cause: `expected the answer ok, not ${text}` };
  },
};

function section(text: string) {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
