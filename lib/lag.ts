/**
 * Watches how late the event loop is: what a measurement owes to our own slowness.
 *
 * @module
 */

/** Milliseconds between two looks at the clock. */
const TICK = 20;

const running = new Set<LagMeter>();
let timer: ReturnType<typeof setInterval> | undefined;
let due = 0;

/** Records the worst delay of the event loop while it runs. All meters share one timer, which stops with the last. */
export class LagMeter implements Disposable {
  #worst = 0;

  /** Starts to watch. */
  constructor() {
    if (running.size === 0) {
      due = performance.now() + TICK;
      timer = setInterval(tick, TICK);
    }
    running.add(this);
  }

  /** The worst delay so far in milliseconds, the one that is going on included. */
  get worst(): number {
    return Math.max(this.#worst, performance.now() - due, 0);
  }

  /** Takes note of a delay in milliseconds. */
  observe(delay: number): void {
    if (delay > this.#worst) this.#worst = delay;
  }

  /** Stops to watch. */
  [Symbol.dispose](): void {
    running.delete(this);
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}

function tick(): void {
  const now = performance.now();
  const delay = now - due;
  due = now + TICK;
  if (delay <= 0) return;
  for (const meter of running) meter.observe(delay);
}
