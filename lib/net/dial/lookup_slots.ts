/**
 * Limits the number of lookups that run at once.
 *
 * `getaddrinfo()` cannot be interrupted, and takes 10 s and more if no name server answers. Each call occupies one of
 * Deno's 32 threads, which also serve files and standard output. If all of them waited for name servers, nothing could
 * be written, and names that take a millisecond would wait behind the slow ones.
 *
 * @module
 */

/** Leaves threads for other work. */
export const MOST_LOOKUPS = 24;

let free = MOST_LOOKUPS;
const waiting: (() => void)[] = [];

/** A place in the queue of lookups. */
export interface LookupSlot {
  /** `performance.now()` when the lookup could begin; `undefined` before that. */
  readonly beganAt: number | undefined;
  /** Fulfilled when the lookup may begin. */
  readonly turn: Promise<void>;
  /** Gives back the place, or leaves the queue. */
  release(): void;
}

/** Takes a place, immediately if one is free. */
export function takeLookupSlot(): LookupSlot {
  const { promise, resolve } = Promise.withResolvers<void>();
  const slot = {
    beganAt: undefined as number | undefined,
    turn: promise,
    release: (): void => {
      const at = waiting.indexOf(begin);
      if (at >= 0) waiting.splice(at, 1);
      else next();
    },
  };
  const begin = (): void => {
    slot.beganAt = performance.now();
    resolve();
  };
  if (free > 0) {
    free--;
    begin();
  } else {
    waiting.push(begin);
  }
  return slot;
}

function next(): void {
  const begin = waiting.shift();
  if (begin) begin();
  else free++;
}
