/**
 * Follows the tries of a batch, so that progress can be shown.
 *
 * @module
 */

import { DurationSpread, FAR, type Hanging, SLOW } from "./duration_spread.ts";

/** A group of tries that started one after the other has at least this many. */
const SMALLEST_GROUP = 16;
/** Part of all tries that a group has at least, so that there are never many groups. */
const GROUP = 1 / 64;

/** A try that takes this many times as long as the longest one outlasts the others. */
const OUTLASTING = 1.25;
/** Fewer tries that outlast the others may be slow by chance. */
const ENOUGH_HANGING = 3;

/** Tries that started one after the other. */
interface Group {
  /** The moment at which the first of them started. */
  readonly startedAt: number;
  started: number;
  ended: number;
  /** Milliseconds of the tries that ended. */
  spent: number;
}

/** A try that has not ended. */
interface RunningTry {
  readonly startedAt: number;
  readonly group: Group;
}

/** Options of {@linkcode RunMeter}. */
export interface RunMeterOptions {
  /** Gives the time in milliseconds. @default {performance.now} */
  readonly now?: (() => number) | undefined;
  /** Time limits in milliseconds, at which slow tries probably end. */
  readonly limits?: readonly number[] | undefined;
}

/** Follows the tries of a batch. */
export class RunMeter {
  readonly #now: () => number;
  readonly #running = new Set<RunningTry>();
  readonly #durations: DurationSpread;
  #groups: Group[];
  #started = 0;
  #ended = 0;

  constructor(options: RunMeterOptions = {}) {
    const { now = () => performance.now(), limits } = options;
    this.#now = now;
    this.#groups = [{ startedAt: now(), started: 0, ended: 0, spent: 0 }];
    this.#durations = new DurationSpread(limits);
  }

  /** Tries that are running. */
  get running(): number {
    return this.#running.size;
  }

  /** Tries so far, with the running ones. */
  get started(): number {
    return this.#started;
  }

  /** Tries that ended with a result. */
  get ended(): number {
    return this.#ended;
  }

  /** Begins a try. The function ends it: `measured` is false if it gave no result. */
  begin(): (measured: boolean) => void {
    const one: RunningTry = { startedAt: this.#now(), group: this.#currentGroup() };
    this.#running.add(one);
    this.#started++;
    one.group.started++;
    return (measured) => this.#end(one, measured);
  }

  #end(one: RunningTry, measured: boolean): void {
    if (!this.#running.delete(one)) return;
    const { startedAt, group } = one;
    if (!measured) {
      this.#started--;
      group.started--;
      return;
    }
    const duration = this.#now() - startedAt;
    this.#ended++;
    group.ended++;
    group.spent += duration;
    this.#durations.add(duration);
  }

  #currentGroup(): Group {
    const last = this.#groups.at(-1)!;
    if (last.started < Math.max(SMALLEST_GROUP, this.#started * GROUP)) return last;
    const group = { startedAt: this.#now(), started: 0, ended: 0, spent: 0 };
    this.#groups.push(group);
    return group;
  }

  /**
   * Gives the milliseconds that a try takes on average, of those that started last.
   *
   * @param tries Number of tries that count, at least
   * @returns `undefined` if no try has ended
   */
  meanDuration(tries: number): number | undefined {
    if (this.#durations.isEmpty) return undefined;
    const groups = new Set<Group>();
    let [started, spent] = [0, 0];
    for (const group of this.#groups.toReversed()) {
      if (started >= tries) break;
      groups.add(group);
      started += group.started;
      spent += group.spent;
    }
    const now = this.#now();
    const hanging = this.#hanging(now);
    for (const { startedAt, group } of this.#running) {
      const age = now - startedAt;
      if (groups.has(group)) spent += age + this.#durations.rest(age, hanging);
    }
    return spent / Math.max(1, started);
  }

  /** Gives the milliseconds until the last of the running tries ends. */
  longestRest(): number {
    const now = this.#now();
    const hanging = this.#hanging(now);
    let [rest, youngest] = [0, Infinity];
    for (const { startedAt } of this.#running) {
      youngest = Math.min(youngest, now - startedAt);
      rest = Math.max(rest, this.#durations.rest(now - startedAt, hanging));
    }
    return this.#running.size === 0 ? 0 : Math.max(rest, this.#restOfMany(youngest));
  }

  /** Gives the milliseconds from the last start to the end of the run, if tries start at this pace in a millisecond. */
  restAtPace(pace: number): number {
    return this.#durations.restAtPace(pace);
  }

  /** Recognizes hosts that hang: some running tries outlast all that ended, and most others of their time have ended. */
  #hanging(now: number): Hanging | undefined {
    const { longest } = this.#durations;
    const since = now - OUTLASTING * longest;
    let [count, oldest] = [0, 0];
    // A set keeps the order in which its members were added.
    for (const { startedAt } of this.#running) {
      if (startedAt >= since) break;
      oldest = Math.max(oldest, now - startedAt);
      count++;
    }
    const end = this.#durations.limitAfter(oldest);
    if (oldest < SLOW || end === Infinity) return undefined;
    let started = 0;
    for (const group of this.#groups) if (group.startedAt < since) started += group.started;
    const isClear = oldest > FAR * longest || count >= ENOUGH_HANGING && 2 * count <= started;
    return isClear ? { share: count / Math.max(count, started), end } : undefined;
  }

  /** Gives the milliseconds that the longest takes of as many tries as are running, all of this age. */
  #restOfMany(age: number): number {
    return this.#durations.longestRest(age, Math.max(1, this.#running.size));
  }
}
