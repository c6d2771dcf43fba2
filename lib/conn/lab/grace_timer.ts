/**
 * Extends a time limit if its own process was late.
 *
 * @module
 */

/** Maximum milliseconds of extra time if the process was late when the timer was due. */
const MOST_GRACE = 1000;

/** Normal delay of a timer in milliseconds. */
const USUAL = 20;

/**
 * Fires after a time. If the process notices that late, it has not looked at the octets that came meanwhile, so it gets
 * as much time again.
 */
export class GraceTimer implements Disposable {
  readonly #over = Promise.withResolvers<undefined>();
  readonly #due: number;
  #timer: ReturnType<typeof setTimeout>;

  /** @param ms Milliseconds from now on */
  constructor(ms: number) {
    this.#due = performance.now() + ms;
    this.#timer = setTimeout(() => this.#ring(), ms);
  }

  /** Settles when the time is over; never settles if it is disposed of first. */
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
