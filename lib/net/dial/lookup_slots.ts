/**
 * Limits the lookups that are under way at a time.
 *
 * `getaddrinfo()` cannot be interrupted, and takes 10 s and more if no name server answers. Each call takes one of Deno's 32
 * threads, which also serve files and standard output. If all of them waited for name servers, nothing could be written, and
 * names that take a millisecond would wait behind the slow ones.
 *
 * @module
 */

/** Leaves threads for everything else. */
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
