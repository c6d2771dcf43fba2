import type { ProbeResult } from "../../../lib/result.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { type CheckState, newState } from "../../../lib/watch/state/check_state.ts";
import type { ChangeKind, StateChange } from "../../../lib/watch/state/state_change.ts";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { runAt } from "../_samples.ts";

/** One run is enough for each condition, and nothing is flapping. */
export const ONCE: Thresholds = { failures: 1, successes: 1, certificateDays: [14], flapping: 0 };

const VERDICTS: Readonly<Record<string, Verdict>> = { u: "up", g: "degraded", d: "down", x: "unknown" };

/** Kinds of changes that have a test of their own. */
const MEASURING: readonly ChangeKind[] = ["unmeasured", "measured"];

/** A run of a simulated watch. */
export interface SimulatedRun {
  readonly verdict: Verdict;
  /** Differences from a usual result. */
  readonly result?: Partial<ProbeResult>;
  /** Name of the definition. */
  readonly definition?: string;
  readonly thresholds?: Partial<Thresholds>;
}

/** Options of a simulated watch. */
export interface FollowOptions {
  readonly thresholds?: Partial<Thresholds>;
  /** Minutes between runs. */
  readonly interval?: number;
  /** State before the first run. */
  readonly state?: CheckState;
}

/** Reads runs from letters: `u`p, de`g`raded, `d`own and unknown (`x`). A blank does not count. */
export function runsOf(letters: string, changes: Omit<SimulatedRun, "verdict"> = {}): SimulatedRun[] {
  return [...letters.replaceAll(" ", "")].map((letter) => ({ verdict: VERDICTS[letter]!, ...changes }));
}

/** Advances a state by some runs, which is stored as JSON after each of them. */
export function simulate(
  runs: readonly SimulatedRun[],
  options: FollowOptions = {},
): { state: CheckState; changes: (StateChange & { run: number })[] } {
  const { interval = 1, thresholds } = options;
  let state = options.state ?? newState("2026-03-01T12:00:00.000Z");
  const changes = runs.flatMap(({ verdict, result, definition = "a", thresholds: own }, index) => {
    const advanced = advanceState(state, runAt(index * interval, verdict, result), {
      thresholds: { ...ONCE, ...thresholds, ...own },
      definition,
      interval: 60_000 * interval,
    });
    state = JSON.parse(JSON.stringify(advanced.state)) as CheckState;
    return advanced.changes.filter(({ kind }) => !MEASURING.includes(kind))
      .map((change) => ({ ...change, run: index }));
  });
  return { state, changes };
}

/** Lists the changes that people are told of: the number of the run, and the kind. */
export function toldBy(runs: readonly SimulatedRun[], options: FollowOptions = {}): string[] {
  return simulate(runs, options).changes.filter(({ quiet }) => quiet !== true)
    .map(({ run, kind, to }) => kind === "steady" ? `${run}: steady ${to}` : `${run}: ${kind}`);
}
