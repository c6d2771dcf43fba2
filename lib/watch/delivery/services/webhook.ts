/**
 * Requests to any receiver: JSON of the notice, or the text of a template.
 *
 * @module
 */

import type { TemplateSyntax } from "../../tasks/receiver.ts";
import { renderTemplate } from "../template.ts";
import type { Service } from "./service.ts";

/** Methods whose requests have no content unless the task file gives one. */
const WITHOUT_CONTENT: readonly string[] = ["GET", "HEAD"];

/** The media type of a template whose receiver names none. */
const CONTENT_TYPES: Readonly<Partial<Record<TemplateSyntax, string>>> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  xml: "application/xml",
  text: "text/plain; charset=utf-8",
};

/** Any receiver by HTTP. */
export const WEBHOOK: Service<"webhook"> = {
  takesPages: true,
  request({ url: plain, urlTemplate, method = "POST", body }, notice, message) {
    const url = urlTemplate === undefined ? plain : renderTemplate(urlTemplate, notice);
    if (body !== undefined) {
      const headers = { "Content-Type": CONTENT_TYPES[body.syntax] ?? "text/plain" };
      return { url, method, headers, body: renderTemplate(body, notice) };
    }
    return WITHOUT_CONTENT.includes(method)
      ? { url, method, headers: {}, body: undefined }
      : { url, method, headers: { "Content-Type": "application/json" }, body: message };
  },
};
