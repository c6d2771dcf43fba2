/**
 * A clock that skips the time in which everybody waits. A test takes as long as its work and not as its time limits, and
 * a busy machine makes it slower but cannot change the order of its events.
 *
 * It suits tests whose client and servers run in this process and wait by `setTimeout()` and `AbortSignal.timeout()`.
 *
 * @module
 */

import { setImmediate } from "node:timers";

/** Real milliseconds of one turn, in which the loop asks the system for what has arrived. */
const TURN = 1;
/** Turns without a call of the clock or of a timer, after which everybody waits. */
const QUIET = 6;
/** The same before a {@linkcode LONG} wait: a thread that looks up a name may get its turn late. */
const QUIET_BEFORE_LONG = 25;
/** Milliseconds of such a wait. */
const LONG = 250;

/** Timers ring at multiples of this many milliseconds, so that timers that belong together ring in the same turn. */
const GRID = 4;

/** Real milliseconds that count between two looks at the clock. In a longer time the machine did something else. */
const LONGEST_STEP = 2;

/** Milliseconds of the timer by which `LagMeter` looks at the clock. Nobody waits for it. */
const TICK = 20;

/** Numbers of timers are larger than this, so that none is taken for a timer of the real clock. */
const FIRST_ID = 1e9;

interface Timer {
  readonly due: number;
  readonly ring: () => void;
  /** Whether somebody waits for it. */
  readonly isAwaited: () => boolean;
}

/** The functions that a {@linkcode SkippingClock} stands in for. */
const real = {
  now: performance.now,
  date: Date.now,
  timeout: AbortSignal.timeout,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
};

let users = 0;
let clock: SkippingClock | undefined;

/** Milliseconds skipped so far. They stay skipped, so that the time never goes back. */
let skipped = 0;

/** Skips waits until it is disposed of. Several tests and rows may use it at a time. */
export function skipWaits(): Disposable {
  users++;
  clock ??= new SkippingClock();
  let isOver = false;
  return {
    [Symbol.dispose]: () => {
      if (isOver) return;
      isOver = true;
      if (--users > 0) return;
      clock?.stop();
      clock = undefined;
    },
  };
}

class SkippingClock {
  readonly #timers = new Map<number, Timer>();
  #lastId = FIRST_ID;
  #lookedAt = real.now.call(performance);
  #moment = this.#lookedAt + skipped;
  /** Calls of the clock and of timers so far. */
  #calls = 0;
  #callsBefore = 0;
  /** Turns since the last call. */
  #quiet = 0;
  #turn: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  /** `Date.now()` less the moment. */
  readonly #epoch = real.date() - this.#lookedAt;

  constructor() {
    performance.now = () => this.#call();
    Date.now = () => Math.floor(this.#epoch + this.#look());
    AbortSignal.timeout = (ms) => this.#timeout(ms);
    globalThis.setTimeout =
      ((call: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        this.#set(ms, () => call(...args))) as unknown as typeof setTimeout;
    globalThis.clearTimeout = (id) => {
      this.#call();
      if (typeof id === "number" && id > FIRST_ID) this.#timers.delete(id);
      else real.clearTimeout(id);
    };
  }

  /** Lets the real clock go on. */
  stop(): void {
    this.#isStopped = true;
    if (this.#turn !== undefined) real.clearTimeout(this.#turn);
    skipped = this.#look() - this.#lookedAt;
    performance.now = () => real.now.call(performance) + skipped;
    Date.now = () => Math.floor(real.date() + skipped);
    AbortSignal.timeout = real.timeout;
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    // A signal without a listener may be kept for later, and would never be aborted.
    for (const timer of this.#timers.values()) if (!timer.isAwaited()) timer.ring();
  }

  #call(): number {
    this.#calls++;
    return this.#look();
  }

  #look(): number {
    const at = real.now.call(performance);
    this.#moment += Math.min(at - this.#lookedAt, LONGEST_STEP);
    this.#lookedAt = at;
    return this.#moment;
  }

  #set(ms: number, ring: () => void, isAwaited = () => true): number {
    const due = Math.ceil((this.#call() + Math.max(0, ms)) / GRID) * GRID;
    this.#timers.set(++this.#lastId, { due, ring, isAwaited });
    this.#turn ??= real.setTimeout(() => this.#takeTurn(), TURN);
    return this.#lastId;
  }

  /** Stands in for `AbortSignal.timeout()`, and knows whether its listeners were removed again. */
  #timeout(ms: number): AbortSignal {
    const controller = new AbortController();
    const { signal } = controller;
    let removed = 0;
    let added = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      added++;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      removed++;
      removeEventListener.apply(signal, args);
    };
    this.#set(
      ms,
      () => controller.abort(new DOMException("Signal timed out.", "TimeoutError")),
      () => ms !== TICK && (added === 0 || removed < added),
    );
    return signal;
  }

  async #takeTurn(): Promise<void> {
    this.#look();
    if (this.#ring()) this.#calls++;
    this.#quiet = this.#calls === this.#callsBefore ? this.#quiet + 1 : 0;
    this.#callsBefore = this.#calls;
    for (let next = this.#nextAwaited(); this.#isQuietBefore(next); next = this.#nextAwaited()) {
      this.#moment = Math.max(this.#moment, Math.min(...this.#timers.values().map(({ due }) => due)));
      if (this.#ring()) this.#quiet = 0;
      // What a tick does by itself, at once, changes nothing; whoever was woken calls later.
      const calls = this.#calls;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#calls > calls) this.#quiet = 0;
      this.#callsBefore = this.#calls;
    }
    const goesOn = !this.#isStopped && this.#timers.size > 0;
    this.#turn = goesOn ? real.setTimeout(() => this.#takeTurn(), TURN) : undefined;
  }

  /** When the next timer rings for which somebody waits. */
  #nextAwaited(): number {
    return Math.min(...this.#timers.values().map(({ due, isAwaited }) => isAwaited() ? due : Infinity));
  }

  #isQuietBefore(next: number): boolean {
    if (this.#isStopped || next === Infinity) return false;
    return this.#quiet >= (next - this.#moment > LONG ? QUIET_BEFORE_LONG : QUIET);
  }

  /** Rings what is due, in the order of time; tells whether somebody waited for it. */
  #ring(): boolean {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= this.#moment);
    for (const [id] of due) this.#timers.delete(id);
    let isAwaited = false;
    for (const [, timer] of due.sort(([, a], [, b]) => a.due - b.due)) {
      isAwaited ||= timer.isAwaited();
      timer.ring();
    }
    return isAwaited;
  }
}
