/**
 * A clock that stands still until a test tells it to go on: no load of the machine can move it.
 *
 * @module
 */

/** The clock of this process while it is stopped; disposing of it lets the real one go on. */
export interface StoppedClock extends Disposable {
  /** The result of `performance.now()`. */
  readonly now: number;
  /** Timers that were set so far. */
  readonly timers: number;
  /** Moves the time forward at once, and then fires the timers that are due, in the order of their times. */
  pass(ms: number, ring?: boolean): void;
}

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly ring: () => void;
}

/** Stops `performance.now()`, `setTimeout()` and `AbortSignal.timeout()`. */
export function stopClock(): StoppedClock {
  const { performance: { now }, setTimeout, clearTimeout, AbortSignal: { timeout } } = globalThis;
  let moment = 1_000;
  let timers = 0;
  let waiting: Timer[] = [];
  const set = (ring: () => void, ms: number): number => {
    waiting.push({ id: ++timers, due: moment + ms, ring });
    return timers;
  };
  performance.now = () => moment;
  AbortSignal.timeout = (ms) => {
    const timer = new AbortController();
    set(() => timer.abort(), ms);
    return timer.signal;
  };
  globalThis.setTimeout = ((ring: () => void, ms = 0) => set(ring, ms)) as unknown as typeof setTimeout;
  globalThis.clearTimeout = (id) => void (waiting = waiting.filter((timer) => timer.id !== id));
  return {
    get now() {
      return moment;
    },
    get timers() {
      return timers;
    },
    pass: (ms, ring = true) => {
      moment += ms;
      if (!ring) return;
      const due = waiting.filter((timer) => timer.due <= moment).sort((a, b) => a.due - b.due);
      waiting = waiting.filter((timer) => timer.due > moment);
      for (const timer of due) timer.ring();
    },
    [Symbol.dispose]: () => {
      performance.now = now;
      AbortSignal.timeout = timeout;
      globalThis.setTimeout = setTimeout;
      globalThis.clearTimeout = clearTimeout;
    },
  };
}
