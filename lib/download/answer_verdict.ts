/**
 * An answer to a request of a download, what was asked for, and what is to be done with it: types only.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import type { HeldContent } from "./held_content.ts";

/** The range that a request asks for, and the content on disk. */
export interface AskedRange extends HeldContent {
  /** Octets that are there already; 0 if the whole content was asked for. */
  readonly from: number;
  /** The range that the caller has asked for; a part is taken for the whole then. */
  readonly ownRange?: string | undefined;
}

/** The parts of a head that count. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly FieldLine[];
  /** Octets of content that the framing announces. */
  readonly length?: number | undefined;
}

/** The decision about the content of an answer. */
export type AnswerVerdict =
  /** It is the whole content; what is there already is of no use. */
  | { readonly type: "whole"; readonly cause?: string; readonly span?: number }
  /** It goes on where the octets that are there end, with `span` octets. */
  | { readonly type: "continuation"; readonly span: number; readonly total?: number }
  /** Nothing is missing. */
  | { readonly type: "complete" }
  /** It fits nothing: ask for the whole content. */
  | { readonly type: "restart"; readonly cause: string }
  /** It is not the content that was asked for. */
  | { readonly type: "refused"; readonly cause: string; readonly kind?: "range" };
