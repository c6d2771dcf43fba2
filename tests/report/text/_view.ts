/**
 * How the sections are set in tests.
 *
 * @module
 */

import type { View } from "../../../lib/text/layout.ts";
import { plain } from "../../../lib/text/paint.ts";

/** 80 columns, no colour; styles can be made visible as `{style:text}`. */
export function testView(changes: Partial<View> = {}): View {
  return { width: 80, paint: plain, verbose: false, ...changes };
}

/** Shows which style a piece of text got. */
export const STYLED: Partial<View> = { width: Infinity, paint: (style, text) => `{${style}:${text}}` };
