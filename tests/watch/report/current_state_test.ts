import { assertEquals } from "@std/assert";
import type { ChangeRow } from "../../../lib/watch/report/change_row.ts";
import type { CheckReport } from "../../../lib/watch/report/uptime_report.ts";
import type { CheckState } from "../../../lib/watch/state/check_state.ts";
import { testRows } from "../../_test_rows.ts";
import { change, MINUTE, summary } from "./_samples.ts";

const iso = (minute: number) => new Date(minute * MINUTE).toISOString();

function state(condition: CheckState["condition"], since = 0): CheckState {
  return { condition, since: iso(since), certificateSoon: false };
}

/** State, minute of its beginning, and cause. */
function told({ state, since, cause }: CheckReport): unknown[] {
  return [state, since === null ? null : Date.parse(since) / MINUTE, cause];
}

testRows<[letters: string, checkState: CheckState, changes: ChangeRow[], expected: unknown[]]>(
  "the state in a report is that of the last runs",
  [
    ["uuu", state("up"), [], ["up", 0, null]],
    // Two runs, both down, and failures: 3.
    ["dd", state("new"), [], ["failing", 0, "d0"]],
    ["uudd", state("up"), [], ["failing", 2, "d2"]],
    ["uudxd", state("up"), [], ["failing", 2, "d2"]],
    ["uudu", state("up"), [], ["up", 0, null]],
    ["ggd", state("degraded"), [], ["failing", 2, "d2"]],
    ["uddd", state("down", 1), [change("down", "up", MINUTE, 3 * MINUTE)], ["down", 1, "d1"]],
    // With successes: 2, one good run does not end the outage.
    ["udddu", state("down", 1), [change("down", "up", MINUTE, 3 * MINUTE)], ["down", 1, "d1"]],
    ["ugg", state("degraded", 1), [change("degraded", "up", MINUTE)], ["degraded", 1, "g1"]],
    ["ugg", state("up"), [], ["degraded", 1, "g1"]],
    ["uux", state("up"), [], ["unknown", 2, "x2"]],
    ["udxx", state("up"), [], ["unknown", 2, "x3"]],
    ["udmm", state("up"), [], ["maintenance", 2, "m3"]],
  ],
  ([letters, checkState, changes, expected]) => {
    assertEquals(told(summary(letters, changes, { checkState })), expected);
  },
  { permissions: "none" },
);

Deno.test("a flapping check is flapping whatever its last run says", { permissions: "none" }, () => {
  const checkState = { ...state("up"), flapping: { since: iso(1), cause: "d3", longest: {} } };
  assertEquals(told(summary("ududu", [], { checkState })), ["flapping", 1, "d3"]);
  assertEquals(told(summary("udud", [], { checkState })), ["flapping", 1, "d3"]);
  assertEquals(told(summary("ududx", [], { checkState })), ["unknown", 4, "x4"]);
});

testRows<[letters: string, interval: number, now: number, since: number | null]>(
  "a report says since when there is no data",
  [
    ["uuu", 1, 3, null],
    ["uuu", 1, 4.5, null],
    ["uuu", 1, 4.6, 2],
    ["ddd", 1, 10_000, 2],
    // The interval was just changed from one minute to an hour, or the runs are started by cron each five minutes.
    ["uuu", 60, 100, null],
    ["u    u    u    u", 1, 27, null],
    ["u    u    u    u", 1, 28, 15],
    // A run of a check with a short interval may take as long as its time limit.
    ["uuu", 0.001, 2.1, null],
    ["uuu", 0.001, 4.6, 2],
  ],
  ([letters, interval, now, since]) => {
    const { state, noDataSince, lastRun, condition } = summary(letters, [], {
      now: now * MINUTE,
      interval: interval * MINUTE,
    });
    const at = since === null ? null : iso(since);
    assertEquals([state === "no-data", noDataSince, condition], [since !== null, at, "up"]);
    assertEquals(lastRun, iso(letters.length - 1));
  },
  { permissions: "none" },
);

Deno.test("an outage without further runs does not run on", { permissions: "none" }, () => {
  const changes = [change("down", "up", MINUTE)];
  const checkState = state("down", 1);
  const window = { from: 0, to: 1000 * MINUTE };
  const check = summary("udd", changes, { window, now: 1000 * MINUTE, checkState });
  assertEquals(told(check), ["no-data", 2, null]);
  assertEquals(check.outages.map(({ end, lastSeen, ms }) => [end, lastSeen, ms]), [
    [null, iso(2), 2 * MINUTE],
  ]);
  assertEquals([check.down, check.observed, check.unobserved], [2 * MINUTE, 3 * MINUTE, 997 * MINUTE]);
  // Later windows have nothing of it.
  const later = summary("udd", changes, {
    window: { from: 500 * MINUTE, to: 1000 * MINUTE },
    now: 1000 * MINUTE,
    checkState,
  });
  assertEquals([later.outages, later.uptime, later.state], [[], null, "no-data"]);
});

Deno.test("a check that left the task file is removed, and no longer missed", { permissions: "none" }, () => {
  const window = { from: 0, to: 1000 * MINUTE };
  const facts = { window, now: 1000 * MINUTE, removed: 5 * MINUTE, source: "/etc/checks.json" };
  const check = summary("uuu", [], facts);
  assertEquals(told(check), ["removed", 5, "it is no longer in /etc/checks.json"]);
  assertEquals([check.removed, check.noDataSince, check.unobserved], [iso(5), iso(2), 2 * MINUTE]);
});

Deno.test("a run of a time that has not come yet says nothing about now", { permissions: "none" }, () => {
  const { state, lastRun, noDataSince } = summary("uu                d", [], { now: 10 * MINUTE });
  assertEquals([state, lastRun, noDataSince], ["no-data", iso(1), iso(1)]);
});

Deno.test("a state does not begin in a time that has not come yet", { permissions: "none" }, () => {
  const state = { condition: "up", since: iso(50), certificateSoon: false } as const;
  assertEquals(told(summary("uuu", [], { checkState: state })), ["up", null, null]);
});

Deno.test("a check without runs has no data", { permissions: "none" }, () => {
  assertEquals(told(summary("   ")), ["no-data", null, null]);
});

testRows<[now: number, unobserved: number]>(
  "time is not observed only once the next run is overdue",
  [[3, 0], [4.5, 0], [4.6, 1.6], [10, 7]],
  ([now, unobserved]) => {
    const window = { from: 0, to: 20 * MINUTE };
    const check = summary("uuu", [], { window, now: now * MINUTE });
    assertEquals([check.observed / MINUTE, Math.round(check.unobserved) / MINUTE], [3, unobserved]);
  },
  { permissions: "none" },
);

testRows<[letters: string, now: number, seenUntil: number, ongoing?: true]>(
  "a report says until when the last run tells the state, and that an outage goes on until then only",
  [
    ["uddd", 3.5, 3.5, true],
    ["uddd", 4, 4, true],
    // The next run is late, but not overdue.
    ["uddd", 5, 4],
    ["uddd", 100, 4],
    // With successes: 2, one good run does not end the outage.
    ["udddu", 4.5, 4.5, true],
    ["udddx", 4.5, 4.5],
    ["udddm", 4.5, 4.5],
  ],
  ([letters, now, seenUntil, ongoing]) => {
    const changes = [change("down", "up", MINUTE, 3 * MINUTE)];
    const check = summary(letters, changes, { checkState: state("down", 1), now: now * MINUTE });
    assertEquals(check.seenUntil, iso(seenUntil));
    assertEquals(check.outages.map(({ ongoing }) => ongoing), [ongoing]);
  },
  { permissions: "none" },
);
