/**
 * The facts about an answer and the decision about its content: types only.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import type { HeldContent } from "./held_content.ts";

/** The range that a request asks for, and the content on disk. */
export interface AskedRange extends HeldContent {
  /** Bytes that are already on disk; 0 if the request asked for the whole content. */
  readonly from: number;
  /** The range that the caller asked for; the download then treats that part as the whole. */
  readonly ownRange?: string | undefined;
}

/** The parts of a head that the decision depends on. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly FieldLine[];
  /** Octets of content that the framing announces. */
  readonly length?: number | undefined;
}

/** The decision about the content of an answer. */
export type AnswerVerdict =
  /** The answer is the whole content; bytes that are already on disk are useless. */
  | { readonly type: "whole"; readonly cause?: string; readonly span?: number }
  /** The answer continues where the bytes on disk end, with `span` octets. */
  | { readonly type: "continuation"; readonly span: number; readonly total?: number }
  /** The content is already complete. */
  | { readonly type: "complete" }
  /** The answer does not fit: ask for the whole content. */
  | { readonly type: "restart"; readonly cause: string }
  /** The answer is not the requested content. */
  | { readonly type: "refused"; readonly cause: string; readonly kind?: "range" };
