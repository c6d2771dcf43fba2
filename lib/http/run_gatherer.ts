/**
 * Joins the short runs of content that many small chunks leave.
 *
 * @module
 */

/** Least length of a run that is passed on without a copy, in octets: copying it would cost more. */
const LONG = 4096;

/** Most octets that are gathered before they are passed on. */
const BLOCK = 64 * 1024;

/**
 * Gathers short runs of content, so that the consumer is called once for thousands of chunks of one octet. Otherwise a
 * server could multiply the cost of a call, such as a write to a file, by the number of its chunks.
 */
export class RunGatherer {
  readonly #give: (data: Uint8Array) => void;
  /** The only short run so far. */
  #only: Uint8Array | undefined;
  #block: Uint8Array | undefined;
  #length = 0;

  constructor(give: (data: Uint8Array) => void) {
    this.#give = give;
  }

  /** Takes a run: a view that stays valid until {@linkcode flush}. */
  take(run: Uint8Array): void {
    if (run.length >= LONG) {
      this.flush();
      this.#give(run);
    } else if (this.#only === undefined && this.#length === 0) {
      this.#only = run;
    } else {
      this.#append(run);
    }
  }

  /** Passes on the gathered runs. Call it before the piece behind these views is reused. */
  flush(): void {
    if (this.#only) this.#give(this.#only);
    else if (this.#length > 0) this.#give(this.#block!.slice(0, this.#length));
    this.#only = undefined;
    this.#length = 0;
  }

  #append(run: Uint8Array): void {
    const block = this.#block ??= new Uint8Array(BLOCK);
    if (this.#only) {
      block.set(this.#only);
      this.#length = this.#only.length;
      this.#only = undefined;
    }
    if (this.#length + run.length > BLOCK) this.flush();
    block.set(run, this.#length);
    this.#length += run.length;
  }
}
