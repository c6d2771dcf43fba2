/**
 * Formats the plan of a connection profile as text for people.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../../text/check_options.ts";
import { formatQuantity } from "../../text/count.ts";
import { escapeOctet } from "../../text/escape/wire.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type View } from "../../text/layout.ts";
import { plain } from "../../text/paint.ts";
import { TEXT_OPTION_NAMES, type TextOptions } from "../text.ts";

/** The plan of one experiment, as far as the text shows it. */
export interface Plan {
  /** Name of the experiment. */
  readonly name: string;
  /** Question that it answers about the server. */
  readonly question: string;
  /** Description of the octets that it sends. */
  readonly sends: string;
  /** Milliseconds. */
  readonly atMost: number;
  /** Largest number of answers that it waits for. */
  readonly answers?: number;
  /** The octets, with a note on when and how often they are sent. */
  readonly requests: readonly { readonly note: string; readonly bytes: Uint8Array }[];
}

/** Options of `formatPlan`. */
export interface PlanOptions extends TextOptions {
  /**
   * Milliseconds that all experiments take besides waiting for answers, and the limit in milliseconds for the
   * whole run.
   */
  readonly whole?: { readonly atMost: number; readonly totalTime?: number } | undefined;
}

const PLAN_OPTION_NAMES = {
  ...TEXT_OPTION_NAMES,
  whole: { atMost: true, totalTime: true },
} as const satisfies OptionNames<PlanOptions>;

const LF = 0x0a;
/** Number of octets of a request that the plan shows; the rest is padding. */
const SHOWN = 2048;

/**
 * Formats plans: the question of each experiment, its longest duration, and the exact octets that it sends,
 * escaped as `escapeWire` does, with a new line after each LF.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatPlan(plans: readonly Plan[], options: PlanOptions = {}): string {
  checkOptions(options, PLAN_OPTION_NAMES);
  const { paint = plain, width = 80, whole } = options;
  const view: View = { width: Math.max(40, width), paint, verbose: false };
  const parts = plans.map((plan) => layOutPlan(plan, view));
  if (whole) parts.push(layOut([sayWhole(whole)], view, { first: 0, rest: 2 }));
  return parts.map((lines) => lines.join("\n")).join("\n\n");
}

function sayWhole({ atMost, totalTime }: NonNullable<PlanOptions["whole"]>): string {
  const further =
    "In addition, sonde sends one ordinary GET as first contact, three to measure how fast the server " +
    "answers, and two to check that it still serves; the last two again after each experiment with malformed or " +
    "oversized requests.";
  const limits = `All of it takes at most ${
    formatDuration(atMost)
  }, plus the time that the server takes to answer.`;
  const repeats =
    "sonde repeats an experiment alone if it could not tell, or if the outcome counts against the server.";
  const end = totalTime === undefined
    ? []
    : [`sonde ends everything after ${formatDuration(totalTime)} (--total-time).`];
  return [further, limits, repeats, ...end].join(" ");
}

function layOutPlan({ name, question, sends, atMost, answers = 0, requests }: Plan, view: View): string[] {
  const waits = answers === 0 ? "" : `, plus the time of ${formatQuantity(answers, "answer")}`;
  return [
    ...layOut([["heading", name], `  ${question}`], view),
    ...layOut([`sends ${sends}; ${formatDuration(atMost)} at most${waits}`], view, { first: 2, rest: 4 }),
    ...requests.flatMap(({ note, bytes }) => [
      ...layOut([["dim", note]], view, { first: 2, rest: 4 }),
      ...octetLines(bytes).flatMap((line) =>
        layOut([["notice", line]], view, { first: 4, rest: 6, keepBlanks: true })
      ),
    ]),
  ];
}

/** Gives the lines of a request, escaped as `escapeWire` does, each with its LF; long content is cut. */
export function octetLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  let line = "";
  for (const octet of bytes.subarray(0, SHOWN)) {
    line += escapeOctet(octet);
    if (octet !== LF) continue;
    lines.push(line);
    line = "";
  }
  if (line !== "") lines.push(line);
  return bytes.length > SHOWN ? [...lines, `… ${formatQuantity(bytes.length - SHOWN, "octet")} more`] : lines;
}
