/**
 * Compares two runs target by target.
 *
 * @module
 */

import { Counter, type Tally } from "../summary/counter.ts";
import type { Saved } from "./diff.ts";
import { compareRunPace, findPaceChanges, type PacePair, type RunPace } from "./pace.ts";
import { CHANGE_KINDS, compareRows, type RowChange, type RowChangeKind } from "./row_change.ts";
import { type RunSpikes, sortOutSpikes } from "./spikes.ts";
import { type StoredRow, storeRow } from "./stored_row.ts";
import { TraitStore } from "./trait_store.ts";
import { VaryingFacts } from "./varying_facts.ts";

/** The outcome of a comparison of two runs. */
export interface RunDiffSummary {
  /** Rows of the earlier run. */
  readonly before: number;
  /** Rows of the later run. */
  readonly after: number;
  /** Targets that behave as before. */
  readonly same: number;
  /** Targets by what became of them. Targets that are `slower` or `faster` are also among the others. */
  readonly changes: Readonly<Record<RowChangeKind, number>>;
  /** Targets by the facts that changed. */
  readonly facts: Tally;
  /**
   * Targets by facts that vary from answer to answer, such as a number in a field of the head. They are no changes; absent
   * without any.
   */
  readonly varying?: Tally | undefined;
  /** Targets whose time was far longer in one of the two runs, but by chance; absent without any. */
  readonly spikes?: RunSpikes | undefined;
  /** The times of all targets, if they differ by more than chance explains. */
  readonly time?: RunPace | undefined;
}

/** The comparison of two runs. */
export interface RunComparison {
  /** The changes: new failures first, then in the order of {@linkcode RowChangeKind}. */
  readonly changes: readonly RowChange[];
  /** The counts. */
  readonly summary: RunDiffSummary;
}

/** Rows of one target. */
interface Group {
  before: StoredRow[];
  after: StoredRow[];
}

const NO_ROWS: StoredRow[] = [];
const NOTHING_LEFT: Readonly<Group> = { before: NO_ROWS, after: NO_ROWS };

/**
 * Gathers the rows of two runs, in any order, and compares them.
 *
 * @example Usage
 * ```ts
 * import { type ConnectionProfile, RunDiff } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const row: ConnectionProfile = {
 *   schema: 1, input: "a", url: "http://a/", startedAt: "", ok: true, findings: [], checks: [], experiments: {},
 * };
 * const diff = new RunDiff();
 * diff.add("before", row);
 * diff.add("after", { ...row, ok: false });
 * const { changes, summary } = diff.compare();
 * assert.deepEqual([changes[0]?.kind, summary.changes.failed, summary.same], ["failed", 1, 0]);
 * ```
 */
export class RunDiff {
  readonly #store = new TraitStore();
  readonly #groups = new Map<string, Group>();
  #changes: RowChange[] = [];
  readonly #pace: PacePair[] = [];
  #same = 0;
  #rows = 0;

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Adds a row of the earlier or the later run. */
  add(side: "before" | "after", row: Saved): void {
    const key = keyOf(row);
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, group = { before: NO_ROWS, after: NO_ROWS });
    const stored = storeRow(row, this.#store);
    // An array that grows from nothing gets room for 17 elements, and most targets have one row.
    if (group[side].length === 0) group[side] = [stored];
    else group[side].push(stored);
    this.#rows++;
  }

  /** Compares the rows; call it once, at the end. */
  compare(): RunComparison {
    const groups = [...this.#groups.values()];
    const [before, after] = [count(groups, "before"), count(groups, "after")];
    const alone = groups.map((group) => this.#pair(group));
    this.#pairOtherLines(alone);
    const varying = this.#dropVarying();
    const { changes: moved, spikes } = sortOutSpikes(findPaceChanges(this.#pace));
    for (const { input, kind, before, after } of moved) {
      this.#changes.push({ input, kind, differences: [{ fact: "time", before, after }] });
    }
    const changes = CHANGE_KINDS.flatMap((kind) => this.#changes.filter((change) => change.kind === kind));
    return { changes, summary: this.#summarise(changes, { before, after, varying, spikes }) };
  }

  /** Leaves out the differences that chance made, and counts them by fact. */
  #dropVarying(): Tally | undefined {
    const facts = new VaryingFacts();
    for (const { differences } of this.#changes) facts.add(differences);
    const found = facts.find((fact) => this.#store.rowsWith(fact) / 2);
    if (found.size === 0) return undefined;
    const dropped = new Counter();
    this.#changes = this.#changes.flatMap((change) => {
      const differences = change.differences.filter(({ fact }) => !found.has(fact));
      for (const { fact } of change.differences) if (found.has(fact)) dropped.add(fact);
      if (differences.length > 0 || change.kind !== "changed") return [{ ...change, differences }];
      this.#same++;
      return [];
    });
    return dropped.sorted();
  }

  #summarise(
    changes: readonly RowChange[],
    known: Pick<RunDiffSummary, "before" | "after" | "varying" | "spikes">,
  ): RunDiffSummary {
    const facts = new Counter();
    const kinds = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<RowChangeKind, number>;
    for (const { kind, differences } of changes) {
      kinds[kind]++;
      if (kind === "missing" || kind === "added" || kind === "slower" || kind === "faster") continue;
      for (const { fact } of differences) facts.add(fact);
    }
    const time = compareRunPace(this.#pace);
    return { ...known, same: this.#same, changes: kinds, facts: facts.sorted(), time };
  }

  /** Pairs the rows of one target: equal ones first, then the others in their order. Gives the rows that are left. */
  #pair(group: Group): Readonly<Group> {
    this.#notePace(group);
    const [before, after] = [group.before[0], group.after[0]];
    if (before && after && group.before.length === 1 && group.after.length === 1) {
      this.#compare(before, after);
      return NOTHING_LEFT;
    }
    const waiting = Map.groupBy(group.after, factsOf);
    const paired = new Set<StoredRow>();
    const left = group.before.filter((row) => {
      const partner = waiting.get(factsOf(row))?.pop();
      if (partner === undefined) return true;
      paired.add(partner);
      this.#compare(row, partner);
      return false;
    });
    const others = group.after.filter((row) => !paired.has(row));
    const pairs = Math.min(left.length, others.length);
    for (let index = 0; index < pairs; index++) this.#compare(left[index]!, others[index]!);
    return { before: left.slice(pairs), after: others.slice(pairs) };
  }

  /** Pairs rows of lines that were edited, so that their hashes differ. */
  #pairOtherLines(alone: readonly Readonly<Group>[]): void {
    const rows = (side: keyof Group) => alone.flatMap((group) => group[side]);
    const after = Map.groupBy(rows("after"), lineOf);
    for (const row of rows("before")) {
      const partner = after.get(lineOf(row))?.shift();
      if (partner) this.#compare(row, partner);
      else this.#changes.push(aloneChange("missing", row));
    }
    for (const row of [...after.values()].flat()) this.#changes.push(aloneChange("added", row));
  }

  #compare(before: StoredRow, after: StoredRow): void {
    const change = compareRows(before, after, this.#store);
    if (change) this.#changes.push(change);
    else this.#same++;
  }

  #notePace(group: Group): void {
    const times = (side: keyof Group) => group[side].map(({ ms }) => ms).filter((ms) => ms !== undefined);
    const [before, after] = [times("before"), times("after")];
    const [first] = group.after;
    if (first && before.length > 0 && after.length > 0) {
      this.#pace.push({ input: first.input, before, after });
    }
  }
}

function keyOf(row: Saved): string {
  const { id = "", address = "" } = "findings" in row ? {} : row;
  return `${"findings" in row}\n${row.input}\n${address}\n${id}`;
}

/** Gives a text that is equal for lines of JSON that differ only in keys other than the URL and the address. */
function lineOf({ input, address = "" }: StoredRow): string {
  return `${input}\n${address}`;
}

/** Gives a text that is equal for rows with the same facts. Profiles are never taken for equal. */
function factsOf({ verdict, traits }: StoredRow): unknown {
  return traits === undefined ? Symbol() : `${verdict} ${traits}`;
}

function count(groups: readonly Group[], side: keyof Group): number {
  return groups.reduce((sum, group) => sum + group[side].length, 0);
}

function aloneChange(kind: "missing" | "added", { input, address }: StoredRow): RowChange {
  const [before, after] = kind === "missing" ? ["present", null] : [null, "present"];
  return { input, address, kind, differences: [{ fact: "row", before, after }] };
}
