/**
 * A timer that knows that its own process may be late.
 *
 * @module
 */

/** Most milliseconds of extra time, if the process was late when the timer was due. */
const MOST_GRACE = 1000;

/** Milliseconds by which any timer may be late. */
const USUAL = 20;

/**
 * Rings after a time; where that is noticed late, what came meanwhile has not been looked at yet, and gets as much time
 * again.
 */
export class GraceTimer implements Disposable {
  readonly #over = Promise.withResolvers<undefined>();
  readonly #due: number;
  #timer: ReturnType<typeof setTimeout>;

  /** @param ms From now on */
  constructor(ms: number) {
    this.#due = performance.now() + ms;
    this.#timer = setTimeout(() => this.#ring(), ms);
  }

  /** Settled when the time is over; never, once it is disposed of before that. */
  get over(): Promise<undefined> {
    return this.#over.promise;
  }

  #ring(): void {
    const late = performance.now() - this.#due;
    if (late <= USUAL) this.#over.resolve(undefined);
    else this.#timer = setTimeout(() => this.#over.resolve(undefined), Math.min(late, MOST_GRACE));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
