/**
 * Text for HTML.
 *
 * @module
 */

import { escapeMessage } from "../../../report/escape.ts";
import { escapeXml } from "../../../report/escape_xml.ts";

/** Text for HTML: no markup, and nothing invisible. */
export function text(value: string): string {
  return escapeXml(escapeMessage(value));
}
