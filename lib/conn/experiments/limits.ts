/**
 * Experiment `limits`.
 *
 * @module
 */

import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import {
  type Dimension,
  FIELD_LINE,
  FIELD_LINES,
  headDimension,
  type LimitName,
  linesOf,
  REQUEST_LINE,
  SPREAD,
} from "./limit_shapes.ts";
import { type Found, LimitSearch, REPETITIONS } from "./limit_search.ts";

type Outcome = "found" | "none-found";

/** Requests for one dimension: doubling the size, halving the gap, repetitions and the control. */
const REQUESTS = 7 + 13 + 2 * REPETITIONS + 1;
/** Share of the accepted field lines over which octets are spread. */
const SHARE = 0.6;

const PLANNED: readonly Dimension[] = [
  REQUEST_LINE,
  FIELD_LINE,
  headDimension(SPREAD, FIELD_LINE.last),
  FIELD_LINES,
];

/** Searches for the largest request that the server accepts. */
export const LIMITS: Experiment<Outcome> = {
  name: "limits",
  question:
    "How large may the request line, a field line and the head be, how many field lines may there be, and how does the server refuse more?",
  sends:
    "GETs of growing size in one dimension at a time, up to 256 KiB, each on its own connection; then the largest accepted and the smallest refused size twice more, and the same octets spread over several field lines",
  choice: "intrusive",
  outcomes: {
    found: "the server has a limit for at least one of them",
    "none-found": "the server accepted everything",
  },
  connections: () => 1,
  answers: () => PLANNED.length * REQUESTS,
  atMost: () => PLANNED.length * REQUESTS * 500,
  plan: (subject) =>
    PLANNED.map(({ name, first, last, unit, make }) => ({
      note: `${name}: from ${first} to ${last} ${unit}, then between the last accepted and the first refused`,
      bytes: make(subject, first).bytes,
    })),
  run: runLimits,
};

async function runLimits(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const search = await LimitSearch.begin(lab);
  // The number of field lines comes first: it determines over how many lines the octets may be spread.
  const fieldLines = await search.find(FIELD_LINES, SPREAD / 3);
  const lines = spreadable(fieldLines.accepted, linesOf(lab.subject));
  const fieldLine = await search.find(FIELD_LINE, lines);
  const requestLine = await search.find(REQUEST_LINE, lines);
  const head = await search.find(headDimension(lines, fieldLine.accepted ?? FIELD_LINE.first), lines);
  const limits: Record<LimitName, Found> = {
    "request-line": requestLine,
    "field-line": fieldLine,
    head,
    "field-lines": fieldLines,
  };
  const any = Object.values(limits).some(({ refused }) => refused !== null);
  const summary = Object.entries(limits).map(([name, found]) => formatFound(name, found)).join("; ");
  return { outcome: any ? "found" : "none-found", summary, facts: { limits } };
}

/** Computes how many field lines a request may add without coming near the limit on their number. */
function spreadable(accepted: number | null, own: number): number {
  return Math.max(1, Math.min(SPREAD, Math.floor((accepted ?? 0) * SHARE) - own));
}

function formatFound(name: string, { unit, accepted, refused, by, limit }: Found): string {
  if (limit === null) return `${name}: ${accepted} ${unit} and more`;
  if (limit === name) return `${name}: ${accepted ?? 0} ${unit} accepted, ${refused} refused with ${by}`;
  return `${name}: ${accepted ?? 0} ${unit} accepted, the limit on the head as a whole came first (${by})`;
}
