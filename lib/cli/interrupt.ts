/** SIGTERM ends a run as SIGINT does; Windows has no SIGTERM, and SIGBREAK in its place. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * Turns Ctrl-C into an abort signal, so that commands can end at once with everything they print whole.
 * A second Ctrl-C ends the process without waiting for them.
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
