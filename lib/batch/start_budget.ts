/**
 * Connections that may start in one turn of the event loop, including those that a job opens later. In each turn, Deno
 * asks at most 128 sockets whether they are ready, the newest first. With more starts than that, it would not notice
 * established connections for seconds, and their servers would look slow.
 */
const STARTS_PER_TURN = 16;

/** Counts the connections that may still start in this turn of the event loop. */
export class StartBudget {
  readonly #onRenewed: () => void;
  #left = STARTS_PER_TURN;
  #turn: ReturnType<typeof setTimeout> | undefined;

  /** @param onRenewed Called when more connections may start again */
  constructor(onRenewed: () => void) {
    this.#onRenewed = onRenewed;
  }

  /** True if another connection may start now. */
  get isLeft(): boolean {
    return this.#left > 0;
  }

  /** Uses up this many connections of the budget. */
  take(connections: number): void {
    this.#left -= connections;
    // A timer, because in the very next turn Deno would not have asked some of the sockets yet.
    this.#turn ??= setTimeout(() => {
      this.#turn = undefined;
      this.#left = STARTS_PER_TURN;
      this.#onRenewed();
    }, 0);
  }

  /** Stops renewing the budget. */
  close(): void {
    clearTimeout(this.#turn);
  }
}
