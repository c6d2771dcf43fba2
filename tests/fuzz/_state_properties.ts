/**
 * Properties of the state of a check: whatever its runs show, its notices add up.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "../fast_check.ts";
import type { StateChange } from "../../lib/watch/state/state_change.ts";
import { runsOf, simulate } from "../watch/state/_follow.ts";
import { defineProperty, type Property } from "./_property.ts";

/** Runs at the end after which every check is steady. */
const LONG_ENOUGH = 150;

const input = fc.record({
  /** Runs with the same verdict and the same definition, one part after the other. */
  parts: fc.array(
    fc.record({
      letter: fc.constantFrom(..."uuggddx"),
      runs: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
      edit: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  last: fc.constantFrom(..."ugd"),
  edits: fc.boolean(),
  failures: fc.constantFrom(1, 2, 3, 5),
  successes: fc.constantFrom(1, 2, 3),
  flapping: fc.constantFrom(0, 1, 2, 3, 6),
  /** Minutes. */
  interval: fc.constantFrom(0.1, 1, 15, 60),
});

type Input = typeof input extends fc.Arbitrary<infer Value> ? Value : never;

function follow({ parts, last, edits, interval, ...thresholds }: Input): ReturnType<typeof simulate> {
  let definition = 0;
  const runs = parts.flatMap(({ letter, runs, edit }) => {
    if (edits && edit) definition++;
    return runsOf(letter.repeat(runs), { definition: `${definition}` });
  });
  const end = runsOf(last.repeat(LONG_ENOUGH), { definition: `${definition}` });
  return simulate([...runs, ...end], { thresholds, interval });
}

const CONDITIONS = { u: "up", g: "degraded", d: "down" } as const;

/** Follows what somebody knows who reads every notice; fails if a notice contradicts it. */
function readNotices(changes: readonly StateChange[]): string {
  let known = "up";
  let flapping = false;
  for (const { kind, to, quiet } of changes) {
    if (quiet === true) continue;
    if (kind === "flapping" || kind === "steady") {
      assertEquals(flapping, kind === "steady", "flapping and steady take turns");
      flapping = kind === "flapping";
      if (kind === "steady") known = to;
    } else {
      assert(!flapping, `${kind} while it is flapping`);
      assert(kind !== known, `${kind} twice`);
      known = to;
    }
  }
  assert(!flapping, "flapping has no end");
  return known;
}

/** In the order of `--help`. */
export const stateProperties: readonly Property[] = [
  defineProperty({
    name: "state-notices",
    claim: "advanceState() tells a story without contradictions, which ends with what the last runs show",
    input,
    check(example) {
      if (example.edits) return false;
      const { state, changes } = follow(example);
      const condition = CONDITIONS[example.last as keyof typeof CONDITIONS];
      assertEquals(state.condition, condition);
      assertEquals(readNotices(changes), condition);
      return true;
    },
  }),
  defineProperty({
    name: "state-outage",
    claim: "advanceState() tells of an outage that goes on, whatever the task file and the runs did before",
    input,
    check(example) {
      if (example.last !== "d") return false;
      const { state, changes } = follow(example);
      assertEquals(state.condition, "down");
      assertEquals(changes.findLast(({ quiet }) => quiet !== true)?.to, "down");
      return true;
    },
  }),
  defineProperty({
    name: "state-history",
    claim: "advanceState() records changes of which each begins with the condition that the last one left",
    input,
    check(example) {
      let condition = "new";
      for (const { from, to, outage } of follow(example).changes) {
        // A new check that is up makes no change.
        if (from !== to) {
          assert(from === condition || condition === "new" && from === "up", `${condition}, ${from}`);
        }
        if (from !== to) condition = to;
        assert((outage?.ms ?? 0) >= 0, "an outage of negative length");
      }
    },
  }),
];
