/**
 * A look at what has arrived, without waiting for what has not.
 *
 * @module
 */

let waiting: Promise<void> | undefined;

/**
 * Settles once the event loop has asked the system what is ready, which takes no time if there is nothing: a timer would
 * take a millisecond and more. All who wait share one turn.
 */
export function nextTurn(): Promise<void> {
  return waiting ??= new Promise((resolve) => {
    setImmediate(() => {
      // Who comes now may be too late for the next look at the system.
      waiting = undefined;
      setImmediate(resolve);
    });
  });
}
