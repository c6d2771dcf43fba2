/**
 * Limits the lookups that are under way at a time.
 *
 * `getaddrinfo()` cannot be interrupted, and takes 10 s and more where no name server answers. Each call has a thread of
 * Deno's, of which there are 32, for files and standard output as well. With all of them waiting for name servers nothing
 * could be written, and names that could be looked up in a millisecond would never be asked for.
 *
 * @module
 */

/** Leaves some threads for everything else. */
export const MOST_LOOKUPS = 24;

let free = MOST_LOOKUPS;
const waiting: (() => void)[] = [];

/** A place in the queue of lookups. */
export interface LookupSlot {
  /** `performance.now()` at which the lookup could begin; `undefined` before that. */
  readonly beganAt: number | undefined;
  /** Fulfilled when it may begin. */
  readonly turn: Promise<void>;
  /** Gives the place back, or leaves the queue. */
  release(): void;
}

/** Takes a place, at once if there is one. */
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
