/** SIGTERM ends a run as SIGINT does. Windows has SIGBREAK in place of SIGTERM. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * Turns Ctrl-C into an abort signal, so that a command can complete its output before it ends.
 * A second Ctrl-C ends the process at once.
 */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #secondTime: () => void;

  /** @param secondTime Ends the process. */
  constructor(secondTime: () => void) {
    this.#secondTime = secondTime;
    for (const signal of SIGNALS) Deno.addSignalListener(signal, this.#listener);
  }

  /** Aborted when the user interrupts the run. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly #listener = (): void => {
    if (this.signal.aborted) this.#secondTime();
    else this.#controller.abort(new DOMException("Interrupted by the user", "AbortError"));
  };

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, this.#listener);
  }
}
