/**
 * Queues jobs with a limit for each host.
 *
 * @module
 */

/** An item of the queue. */
export interface Queued {
  /** Items of one host have the same key. */
  readonly host: string;
}

/** A first-in, first-out queue that does not move its elements. */
class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head++] = undefined;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

interface HostState<T> {
  /** Items that have started or may start. */
  admitted: number;
  readonly blocked: Fifo<T>;
}

/** Hands out waiting items in order, but skips hosts that already run as many items as they may. */
export class HostQueue<T extends Queued> {
  readonly #perHost: number;
  readonly #hosts = new Map<string, HostState<T>>();
  readonly #urgent = new Fifo<T>();
  readonly #ready = new Fifo<T>();
  #blocked = 0;

  /** @param perHost Items of one host that may run at once; `Infinity` for no limit */
  constructor(perHost: number) {
    this.#perHost = perHost;
  }

  /** Number of all items in the queue. */
  get length(): number {
    return this.#ready.length + this.#urgent.length + this.#blocked;
  }

  /** Number of items that may start now. */
  get ready(): number {
    return this.#ready.length + this.#urgent.length;
  }

  /** Adds an item at the end. */
  push(item: T): void {
    if (this.#perHost === Infinity) return this.#ready.push(item);
    const state = this.#state(item.host);
    if (state.admitted < this.#perHost) {
      state.admitted++;
      this.#ready.push(item);
    } else {
      this.#blocked++;
      state.blocked.push(item);
    }
  }

  /** Puts an item that has to start again in front of all others; it has kept its place with its host. */
  pushAgain(item: T): void {
    this.#urgent.push(item);
  }

  /** Removes and returns the next item to start. */
  shift(): T | undefined {
    return this.#urgent.shift() ?? this.#ready.shift();
  }

  /** Frees the place of a finished item for the next item of its host. */
  release(item: T): void {
    if (this.#perHost === Infinity) return;
    const state = this.#state(item.host);
    const next = state.blocked.shift();
    if (next !== undefined) {
      this.#blocked--;
      this.#ready.push(next);
    } else if (--state.admitted === 0) this.#hosts.delete(item.host);
  }

  #state(host: string): HostState<T> {
    let state = this.#hosts.get(host);
    if (state === undefined) this.#hosts.set(host, state = { admitted: 0, blocked: new Fifo() });
    return state;
  }
}
