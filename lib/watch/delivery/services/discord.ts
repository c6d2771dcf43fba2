/**
 * Messages to a webhook of Discord.
 *
 * @module
 */

import { fitText, oneLine } from "../fit_text.ts";
import { detailsOf, type NoticeWeight, titleOf, weightOf } from "../notice_text.ts";
import { postJson, type Service } from "./service.ts";

/** Most characters of the content of a message. */
const CONTENT_LIMIT = 2000;

/** Most characters of the value of a field. Six of them fit into the 6000 characters of all embeds. */
const FIELD_LIMIT = 900;

const COLOURS: Readonly<Record<NoticeWeight, number>> = {
  bad: 0xd93025,
  warning: 0xe8710a,
  good: 0x188038,
  neutral: 0x1a73e8,
};

/** Escapes the characters that Discord takes for markup or mentions. */
function escapeCharacter(character: string): string {
  return /[\\*_~`|<@[]/.test(character) ? `\\${character}` : character;
}

function write(text: string, limit: number): string {
  const written = fitText(oneLine(text), limit - 1, { escape: escapeCharacter });
  // The beginning of a line may also begin a heading, a quotation or a list.
  return written.replace(/^(?=[#>+-])|(?<=^\d+)(?=\.\s)/, "\\");
}

/** Discord: webhooks of a channel. */
export const DISCORD: Service<"discord"> = {
  request({ url }, notice) {
    const fields = detailsOf(notice).map(([name, value]) => ({
      name,
      value: writeValue(value),
      inline: false,
    }));
    const body = {
      content: write(titleOf(notice), CONTENT_LIMIT),
      embeds: [{ color: COLOURS[weightOf(notice)], timestamp: notice.at, fields }],
      // No name in a notice may call anybody.
      allowed_mentions: { parse: [] },
    };
    return postJson(url, body);
  },
};

/** Writes a value; the service refuses an empty one. A plain URL stays a link. */
function writeValue(value: string): string {
  if (/^https?:\/\/[^\s<>\\]+$/.test(value) && value.length + 2 <= FIELD_LIMIT) return `<${value}>`;
  return write(value, FIELD_LIMIT) || "–";
}
