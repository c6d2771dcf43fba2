import { LONGEST_TIMER } from "../time/timer.ts";

/** A timer that may be set again and again, and keeps the earliest time. Whoever is called too early sets it again. */
export class WakeTimer {
  readonly #onDue: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;

  /** @param onDue Called once for each time that is reached; for a time more than 24 days away, also earlier */
  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** Sets the timer, unless it is already set for an earlier time (`performance.now()`). */
  set(due: number): void {
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onDue();
    }, Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - performance.now()))));
  }

  /** Cancels the timer. */
  close(): void {
    clearTimeout(this.#timer);
  }
}
