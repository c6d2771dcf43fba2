/**
 * Reduces a saved row to the data that the comparison of two runs needs.
 *
 * @module
 */

import { chainTimings } from "../../redirect_chain.ts";
import type { ConnectionProfile, ProbeResult } from "../../result.ts";
import { describeBrokenCheck } from "../describe_check.ts";
import { withoutAttempt } from "../row_notes.ts";
import { isSuccess } from "../success.ts";
import type { Saved } from "./diff.ts";
import { resultTraits } from "./result_traits.ts";
import type { StoredTraits, TraitStore } from "./trait_store.ts";

/** `unmeasured`: a local fault prevented a verdict. */
export type RowVerdict = "ok" | "failed" | "unmeasured";

/** A row, as far as it is compared. */
export interface StoredRow {
  /** The target as the user wrote it. */
  readonly input: string;
  /** The address that the target named, if it named one. */
  readonly address?: string | undefined;
  readonly verdict: RowVerdict;
  /** Status or error kind. */
  readonly outcome: string;
  /** Why the row is not ok, in words. */
  readonly cause?: string | undefined;
  /** The exchange did not complete, so many facts are absent. */
  readonly broken: boolean;
  /** Milliseconds over all hops without delays of sonde itself; only of a complete exchange. */
  readonly ms?: number | undefined;
  /** Facts of a result. */
  readonly traits?: StoredTraits | undefined;
  /** Profiles are compared whole. */
  readonly profile?: ConnectionProfile | undefined;
}

/** A cause may quote what a server sent. */
const LONGEST_CAUSE = 200;

/** Reduces a row. */
export function storeRow(row: Saved, store: TraitStore): StoredRow {
  const { input, error, checks } = row;
  const isProfile = "findings" in row;
  const broken = error !== undefined;
  const unmet = checks.filter(({ ok }) => !ok);
  const good = isProfile ? row.ok : isSuccess(row);
  const words = error ? withoutAttempt(error.message) : unmet.map(describeBrokenCheck).join(", ");
  return {
    input,
    address: isProfile ? undefined : row.address,
    verdict: good ? "ok" : error?.by === "local" ? "unmeasured" : "failed",
    outcome: error?.kind ??
      (isProfile ? row.ok ? "ok" : "unmet" : `${row.status ?? "?"}${row.ok ? "" : " unmet"}`),
    cause: words === "" ? undefined : words.slice(0, LONGEST_CAUSE),
    broken,
    ms: broken || isProfile ? undefined : ownTime(row),
    traits: isProfile ? undefined : store.store(resultTraits(row)),
    profile: isProfile ? row : undefined,
  };
}

function ownTime(result: ProbeResult): number {
  const { total, lost = 0 } = chainTimings(result);
  return Math.max(0, total - lost);
}
