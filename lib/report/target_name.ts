/**
 * Names the target of a result.
 *
 * @module
 */

import { escapeText } from "../text/escape/text.ts";

/** The fields of a row that tell its target. */
export interface NamedTarget {
  readonly input: string;
  readonly address?: string | undefined;
  readonly tag?: string | undefined;
}

/** Names the target as the user wrote it; its address and its tag tell it from others with the same name. */
export function nameTarget({ input, address, tag }: NamedTarget): string {
  const at = address === undefined ? "" : ` at ${escapeText(address)}`;
  return `${escapeText(input)}${at}${tag === undefined ? "" : ` [${escapeText(tag)}]`}`;
}
