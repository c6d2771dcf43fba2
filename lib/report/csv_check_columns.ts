/**
 * The columns of a CSV that the outcome of a check adds.
 *
 * @module
 */

import type { CsvCell } from "../text/escape/csv.ts";
import { escapeMessage, escapeText } from "../text/escape/text.ts";
import { type CheckOutcome, describeWarnings } from "./check_outcome.ts";

/** A column: its name, its description, and a function that gives the escaped cell for a check. */
interface CheckColumn {
  readonly name: string;
  readonly holds: string;
  readonly cell: (check: CheckOutcome) => CsvCell;
}

/** The columns, in order. New ones are added at the end. */
export const CHECK_COLUMNS: readonly CheckColumn[] = [
  { name: "check", holds: "name of the check", cell: ({ name }) => escapeText(name) },
  { name: "verdict", holds: "up, degraded, down or unknown", cell: ({ verdict }) => verdict },
  {
    name: "cause",
    holds: "why the verdict is not up",
    cell: ({ cause }) => cause === null ? undefined : escapeMessage(cause),
  },
  {
    name: "condition",
    holds: "new, up, degraded or down, once confirmed",
    cell: ({ condition }) => condition,
  },
  { name: "since", holds: "start of the condition, ISO 8601, UTC", cell: ({ since }) => since },
  {
    name: "warnings",
    holds: "expectations that degrade the check",
    cell: (check) => escapeMessage(describeWarnings(check)),
  },
  {
    name: "certificate_warning_days",
    holds: "the number of certificateDays that a certificate falls below",
    cell: ({ certificate }) => certificate?.threshold,
  },
  { name: "excluded", holds: "maintenance, if the run does not count", cell: ({ excluded }) => excluded },
  { name: "check_tags", holds: "separated by spaces", cell: ({ tags }) => escapeText(tags.join(" ")) },
];
