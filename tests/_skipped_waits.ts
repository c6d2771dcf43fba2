/**
 * A clock that skips the time in which everything waits. A test then takes as long as its work, not as long as its time
 * limits. A busy machine makes it slower but cannot change the order of its events.
 *
 * It suits tests whose client and servers run in this process and wait by `setTimeout()` and `AbortSignal.timeout()`.
 *
 * @module
 */

import { setImmediate } from "node:timers";

/** Real milliseconds of one turn, in which the loop asks the system for arrived octets. */
const TURN = 1;
/** Turns without a call of the clock or of a timer that prove that everything waits. */
const QUIET = 6;
/** The same before a {@linkcode LONG} wait: a thread that looks up a name may get its turn late. */
const QUIET_BEFORE_LONG = 25;
/** Milliseconds of such a wait. */
const LONG = 250;

/** Timers ring at multiples of this many milliseconds, so that timers that belong together ring in the same turn. */
const GRID = 4;

/**
 * Most real milliseconds that count between two readings of the clock. In a longer time the machine did something else.
 */
const LONGEST_STEP = 2;

/** Milliseconds of the timer with which `LagMeter` reads the clock. Nothing waits for it. */
const TICK = 20;

/** Numbers of timers are larger than this, so that none is taken for a timer of the real clock. */
const FIRST_ID = 1e9;

interface Timer {
  readonly due: number;
  readonly ring: () => void;
  /** True if something waits for it. */
  readonly isAwaited: () => boolean;
}

/** The functions that a {@linkcode SkippingClock} replaces. */
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

  /** Restores the real clock. */
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

  /** Replaces `AbortSignal.timeout()`, and keeps track of its listeners. */
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
      // Calls that a tick makes itself do not count; code that it wakes calls later.
      const calls = this.#calls;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#calls > calls) this.#quiet = 0;
      this.#callsBefore = this.#calls;
    }
    const goesOn = !this.#isStopped && this.#timers.size > 0;
    this.#turn = goesOn ? real.setTimeout(() => this.#takeTurn(), TURN) : undefined;
  }

  /** Finds the time of the next timer for which something waits. */
  #nextAwaited(): number {
    return Math.min(...this.#timers.values().map(({ due, isAwaited }) => isAwaited() ? due : Infinity));
  }

  #isQuietBefore(next: number): boolean {
    if (this.#isStopped || next === Infinity) return false;
    return this.#quiet >= (next - this.#moment > LONG ? QUIET_BEFORE_LONG : QUIET);
  }

  /** Fires the timers that are due, in the order of time; true if something waited for one. */
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
