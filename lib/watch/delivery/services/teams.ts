/**
 * Adaptive Cards to a workflow of Microsoft Teams.
 *
 * @module
 */

import { fitText, oneLine } from "../fit_text.ts";
import { detailsOf, type NoticeWeight, titleOf, weightOf } from "../notice_text.ts";
import { postJson, type Service } from "./service.ts";

/** Characters of the title, and of each value. A message of all of them stays below 28 KB even in Chinese. */
const TITLE_LIMIT = 1000;
const VALUE_LIMIT = 800;

const COLOURS: Readonly<Record<NoticeWeight, string>> = {
  bad: "Attention",
  warning: "Warning",
  good: "Good",
  neutral: "Accent",
};

/** Escapes the characters of the Markdown that a card knows. */
function escapeCharacter(character: string): string {
  return /[\\*_`~[\]<>#]/.test(character) ? `\\${character}` : character;
}

function write(text: string, limit: number): string {
  const written = fitText(oneLine(text), limit, { escape: escapeCharacter });
  // The beginning of a line may also begin a list.
  return written.replace(/^(?=[-+]\s)|(?<=^\d+)(?=[.)]\s)/, "\\");
}

/** Microsoft Teams: workflows that post to a channel or chat. */
export const TEAMS: Service<"teams"> = {
  request({ url }, notice) {
    const facts = detailsOf(notice).map(([title, value]) => ({ title, value: write(value, VALUE_LIMIT) }));
    const title = write(titleOf(notice), TITLE_LIMIT);
    const content = {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.4",
      fallbackText: oneLine(titleOf(notice)).slice(0, TITLE_LIMIT).toWellFormed(),
      msteams: { width: "Full" },
      body: [
        {
          type: "TextBlock",
          text: title,
          wrap: true,
          size: "Medium",
          weight: "Bolder",
          color: COLOURS[weightOf(notice)],
        },
        { type: "FactSet", facts },
      ],
    };
    const attachment = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content };
    return postJson(url, { type: "message", attachments: [attachment] });
  },
  fault({ status, text }) {
    // A connector answers 200 even if it could not pass the message on.
    if (status >= 300 || !/message delivery failed/i.test(text)) return undefined;
    const named = /HTTP error (\d{3})/i.exec(text)?.[1];
    return { status: named === undefined ? 500 : Number(named), cause: text };
  },
};
