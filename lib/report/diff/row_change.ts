/**
 * Compares a row of a run with the row of the same target in a later run.
 *
 * @module
 */

import { type Difference, diffSaved } from "./diff.ts";
import type { StoredRow } from "./stored_row.ts";
import type { TraitStore } from "./trait_store.ts";

/**
 * The kind of a change. `failed`: the target failed newly; `unmeasured`: it has no verdict any more, because of a local fault;
 * `recovered`; `changed`: it behaves otherwise; `missing` and `added`: only one run has the row; `slower` and `faster`.
 */
export type RowChangeKind =
  | "failed"
  | "unmeasured"
  | "recovered"
  | "changed"
  | "missing"
  | "added"
  | "slower"
  | "faster";

/** The kinds in the order in which a comparison shows them. */
export const CHANGE_KINDS: readonly RowChangeKind[] = [
  "failed",
  "unmeasured",
  "recovered",
  "changed",
  "missing",
  "added",
  "slower",
  "faster",
];

/** The change of one target. */
export interface RowChange {
  /** The target as the user wrote it. */
  readonly input: string;
  /** The address of the row, if each address of the target has a row of its own. */
  readonly address?: string | undefined;
  /** The kind of the change. */
  readonly kind: RowChangeKind;
  /** The facts that differ. */
  readonly differences: readonly Difference[];
  /** Status or error kind before and after, if the verdict changed. */
  readonly outcomes?: readonly [before: string, after: string] | undefined;
  /** Why the target fails now, or failed before, in words. */
  readonly cause?: string | undefined;
}

/** Facts of a failed exchange. Others are absent because nothing was received, so they did not change. */
const OF_FAILURE = /^(?:ok|status|error\..*|checks\..*)$/;
/** Facts that follow from the kind of a failure. */
const BY_FAILURE = /^(?:body\.complete|connection\.end\..*|connection\.surplusBytes)$/;

/** Compares two rows of one target; `undefined` if they are the same. */
export function compareRows(before: StoredRow, after: StoredRow, store: TraitStore): RowChange | undefined {
  const differences = differencesOf(before, after, store);
  const kind = kindOf(before, after);
  if (kind === "changed" && differences.length === 0) return undefined;
  const told = kind !== "changed";
  return {
    input: after.input,
    address: after.address,
    kind,
    differences,
    outcomes: told ? [before.outcome, after.outcome] : undefined,
    cause: told ? after.cause ?? before.cause : undefined,
  };
}

function differencesOf(before: StoredRow, after: StoredRow, store: TraitStore): Difference[] {
  if (before.profile && after.profile) return diffSaved(before.profile, after.profile);
  if (before.traits === undefined || after.traits === undefined) return [];
  const all = store.compare(before.traits, after.traits);
  if (before.broken === after.broken && before.outcome === after.outcome) return all;
  if (!before.broken && !after.broken) return all;
  return all.filter(({ fact, before, after }) =>
    OF_FAILURE.test(fact) || before !== null && after !== null && !BY_FAILURE.test(fact)
  );
}

function kindOf({ verdict: was }: StoredRow, { verdict: is }: StoredRow): RowChangeKind {
  if (was === is) return "changed";
  if (is === "ok") return was === "failed" ? "recovered" : "changed";
  return is;
}
