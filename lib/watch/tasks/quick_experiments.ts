/**
 * Lists the quick experiments that a check may have. It is a table, because loading the experiments takes longer than
 * reading a task file.
 *
 * @module
 */

import type { ExperimentNames } from "../../conn/experiment_names.ts";

/** The outcomes of each experiment. */
const OUTCOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["keep-alive", ["yes", "no", "lie"]],
  ["close", ["honoured", "left-open", "silent"]],
  ["http10", ["closes", "keep-alive", "left-open", "unframed-open", "refused"]],
  ["head", ["consistent", "differs", "has-body"]],
  ["conditional", ["honoured", "partial", "ignored", "broken", "none"]],
  ["pipelining", ["full", "serialised", "first-only", "closed", "refused", "reordered", "mixed"]],
  ["tls", ["close-notify", "no-close-notify", "left-open"]],
  ["streaming", ["streamed", "at-once", "quick"]],
  ["statuses", ["kept", "closes-on-some", "not-kept"]],
  ["half-close", ["answered", "changed", "dropped", "partial"]],
]);

/** Names of the quick experiments. */
export const QUICK_EXPERIMENTS: readonly string[] = [...OUTCOMES.keys()];

/** Names for expectations about them. */
export const NAMES: ExperimentNames = {
  experiments: QUICK_EXPERIMENTS,
  shortNames: new Map([
    ["keepAlive", { experiment: "keep-alive", part: "outcome" }],
    ["pipelining", { experiment: "pipelining", part: "outcome" }],
    ["halfClose", { experiment: "half-close", part: "outcome" }],
  ]),
  findings: [],
  outcomes: OUTCOMES,
};
