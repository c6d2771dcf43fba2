/**
 * Connections to begin in one turn of the event loop, those that a job makes later included. Deno asks for at most 128
 * sockets in each turn whether they are ready, the newest ones first: with more starts than that has room for, connections
 * that are there would not be noticed for seconds, which would look as if their servers were slow.
 */
const STARTS_PER_TURN = 16;

/** Counts the connections that may still start in this turn of the event loop. */
export class StartBudget {
  readonly #onRenewed: () => void;
  #left = STARTS_PER_TURN;
  #turn: ReturnType<typeof setTimeout> | undefined;

  /** @param onRenewed Called when more may be begun again */
  constructor(onRenewed: () => void) {
    this.#onRenewed = onRenewed;
  }

  /** Another connection may start now. */
  get isLeft(): boolean {
    return this.#left > 0;
  }

  /** Takes so many connections out of it. */
  take(connections: number): void {
    this.#left -= connections;
    // A timer and not the next turn itself, in which some of the sockets would not be asked for yet.
    this.#turn ??= setTimeout(() => {
      this.#turn = undefined;
      this.#left = STARTS_PER_TURN;
      this.#onRenewed();
    }, 0);
  }

  /** Ends it: it is not renewed any more. */
  close(): void {
    clearTimeout(this.#turn);
  }
}
