/**
 * Messages of a Telegram bot.
 *
 * @module
 */

import { parseJsonObject } from "../answer_text.ts";
import { fitText, oneLine } from "../fit_text.ts";
import { detailsOf, type NoticeWeight, titleOf, weightOf } from "../notice_text.ts";
import { postJson, type Service } from "./service.ts";

/** Most characters of a text are 4096; these parts stay below it even when escaped. */
const TITLE_LIMIT = 1000;
const DETAIL_LIMIT = 500;

const SIGNS: Readonly<Record<NoticeWeight, string>> = { bad: "🔴", warning: "🟠", good: "🟢", neutral: "🔵" };

const ESCAPES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"]]);

function write(text: string, limit: number): string {
  return fitText(oneLine(text), limit, { escape: (character) => ESCAPES.get(character) ?? character });
}

/** Telegram: the method sendMessage of the Bot API. */
export const TELEGRAM: Service<"telegram"> = {
  request({ url, chat }, notice) {
    const details = detailsOf(notice).map(([name, value]) => `${name}: ${write(value, DETAIL_LIMIT)}`);
    const title = `${SIGNS[weightOf(notice)]} <b>${write(titleOf(notice), TITLE_LIMIT)}</b>`;
    const body = {
      chat_id: chat,
      text: [title, ...details].join("\n"),
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
    };
    return postJson(url, body);
  },
  fault({ status, text }) {
    const { ok, error_code: code, description, error = "ok is false", parameters } = parseJsonObject(text);
    if (ok !== false) return undefined;
    const { retry_after: seconds, migrate_to_chat_id: moved } = (parameters ?? {}) as Record<string, unknown>;
    const said = String(description ?? error);
    return {
      status: typeof code === "number" ? code : status >= 300 ? status : 400,
      cause: moved === undefined ? said : `${said}; write the chat ${String(moved)} into the task file`,
      retryAfter: typeof seconds === "number" ? seconds * 1000 : undefined,
    };
  },
};
