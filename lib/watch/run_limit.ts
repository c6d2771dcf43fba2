/** Lets only some runs go on at the same time; the others wait in the order in which they came. */
export class RunLimit {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param most Runs at the same time */
  constructor(most: number) {
    this.#free = most;
  }

  /** Does some work as soon as it may begin. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
