/**
 * One deadline for a whole exchange and one for the phase it is in, on a single timer.
 *
 * @module
 */

import type { Fault, Phase, ProbeError } from "../result.ts";
import { formatDuration, LONGEST_TIMER } from "../units.ts";
import { clearAlarm, setAlarm } from "./alarm.ts";

/** Options of {@linkcode Deadline}. */
export interface DeadlineOptions {
  /**
   * Milliseconds for the whole, counted from `since`.
   *
   * @default {Infinity}
   */
  readonly maxTime?: number;
  /**
   * `performance.now()` when the whole began.
   *
   * @default {performance.now()} the time of construction
   */
  readonly since?: number;
  /** Ends the whole early, with the kind `aborted`. */
  readonly signal?: AbortSignal;
}

/** Whose fault it is when a phase takes too long: until a connection is there, it may be the way to the target. */
const TIMEOUT_FAULT: Readonly<Record<Phase, Fault>> = {
  dns: "network",
  connect: "network",
  tls: "target",
  send: "target",
  wait: "target",
  head: "target",
  body: "target",
};

/** With room for the rounding up; a longer wait is armed again when this one is over. */
const LONGEST_WAIT = LONGEST_TIMER - 1;

/**
 * Watches the time of an exchange. There is one timer at most, and a phase that ends in time does not touch it:
 * when the timer fires too early for the phase then running, it is set again for what is left.
 *
 * @example Usage
 * ```ts
 * import { Deadline } from "./deadline.ts";
 *
 * using deadline = new Deadline({ maxTime: 10_000 });
 * deadline.enter("connect", "connect to 127.0.0.1:80", 5_000, () => {});
 * deadline.leave();
 * if (deadline.expired !== undefined) throw new Error("nothing took longer than its limit");
 * ```
 */
export class Deadline implements Disposable {
  readonly #maxTime: number;
  readonly #end: number;
  readonly #signal: AbortSignal | undefined;
  #phase: Phase = "connect";
  #doing = "";
  #limit: number | undefined;
  #due = Infinity;
  #expire: ((error: ProbeError) => void) | undefined;
  #expired: ProbeError | undefined;
  /** When the alarm is set for. */
  #alarm: number | undefined;

  /** Starts to count. */
  constructor(options: DeadlineOptions = {}) {
    const { maxTime = Infinity, since = performance.now(), signal } = options;
    this.#maxTime = maxTime;
    this.#end = since + maxTime;
    this.#signal = signal;
    if (signal) watchersOf(signal).add(this.#abort);
  }

  /** Why it expired, `timeout` or `aborted`, with the phase and what was being done; undefined while it has not. */
  get expired(): ProbeError | undefined {
    return this.#expired;
  }

  /** Milliseconds left of the whole, 0 at least; `Infinity` without `maxTime`. */
  get remaining(): number {
    return Math.max(0, this.#end - performance.now());
  }

  /**
   * Enters a phase, replacing the limit and the callback of the one before. When the phase's limit, the whole time
   * or an abort comes first, {@linkcode expired} is set and `expire` is called with it, once; at once if the whole
   * is over already.
   *
   * A limit that only this phase exceeded does not end the whole: the next `enter` clears it, so that the next
   * address can be tried. {@linkcode isOver} tells the two apart.
   *
   * @param doing What is being done and to what, as it stands after "Cannot": `connect to 127.0.0.1:80`.
   * @param limit Milliseconds for this phase.
   */
  enter(phase: Phase, doing: string, limit: number | undefined, expire: (error: ProbeError) => void): void {
    const now = performance.now();
    this.#phase = phase;
    this.#doing = doing;
    this.#limit = limit;
    this.#due = limit === undefined ? this.#end : Math.min(this.#end, now + limit);
    this.#expire = expire;
    if (this.#expired !== undefined && !this.isOver) this.#expired = undefined;
    if (this.#expired !== undefined) this.#finish(this.#expired);
    else if (this.#signal?.aborted) this.#abort();
    else if (this.#due <= now) this.#finish(this.#timeout());
    else if (this.#alarm === undefined || this.#alarm > Math.ceil(this.#due)) this.#arm(now);
  }

  /** Leaves the phase: nothing can expire until the next one is entered, and the whole time goes on counting. */
  leave(): void {
    this.#expire = undefined;
    this.#due = Infinity;
  }

  /** True when the whole time is over or was aborted, so that no further phase can succeed. */
  get isOver(): boolean {
    return this.#signal?.aborted === true || performance.now() >= this.#end;
  }

  /** Stops the timer and lets go of the signal. */
  [Symbol.dispose](): void {
    this.leave();
    this.#disarm();
    if (this.#signal) watchersOf(this.#signal).delete(this.#abort);
  }

  #arm(now: number): void {
    this.#disarm();
    if (Number.isFinite(this.#due)) {
      this.#alarm = setAlarm(Math.min(this.#due, now + LONGEST_WAIT), this.#check);
    }
  }

  #disarm(): void {
    if (this.#alarm !== undefined) clearAlarm(this.#alarm, this.#check);
    this.#alarm = undefined;
  }

  readonly #check = (at: number): void => {
    if (this.#alarm !== at) return;
    this.#alarm = undefined;
    if (this.#expire === undefined) return;
    const now = performance.now();
    if (now < this.#due) this.#arm(now);
    else this.#finish(this.#timeout());
  };

  readonly #abort = (): void => {
    if (this.#expire === undefined) return;
    const reason: unknown = this.#signal?.reason;
    const named = reason instanceof Error && reason.name !== "AbortError" ? ` (${reason.message})` : "";
    this.#finish({
      kind: "aborted",
      phase: this.#phase,
      by: "local",
      message: `Cannot ${this.#doing}: aborted${named}`,
    });
  };

  #finish(error: ProbeError): void {
    const expire = this.#expire;
    this.leave();
    this.#expired = error;
    expire?.(error);
  }

  #timeout(): ProbeError {
    const whole = this.#due === this.#end;
    const why = whole
      ? `the ${formatDuration(this.#maxTime)} for the whole exchange are over`
      : describeLimit(this.#phase, formatDuration(this.#limit ?? 0));
    return {
      kind: "timeout",
      phase: this.#phase,
      by: TIMEOUT_FAULT[this.#phase],
      message: `Cannot ${this.#doing}: ${why}`,
    };
  }
}

const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * What is called when a signal aborts. Thousands of deadlines may have the same one, which therefore gets one listener in
 * its life: adding and removing one for each takes time in proportion to their number.
 */
function watchersOf(signal: AbortSignal): Set<() => void> {
  let called = watchers.get(signal);
  if (called === undefined) {
    const all = called = new Set<() => void>();
    watchers.set(signal, all);
    signal.addEventListener("abort", () => [...all].forEach((call) => call()), { once: true });
  }
  return called;
}

/** A request that is taken and an answer that has begun have a limit for their pauses only. */
function describeLimit(phase: Phase, limit: string): string {
  if (phase === "send") return `nothing more was taken for ${limit} (--stall-timeout)`;
  if (phase === "head" || phase === "body") return `nothing new came for ${limit} (--stall-timeout)`;
  return `no success within ${limit}, the limit of ${LIMIT_NAME[phase]}`;
}

const LIMIT_NAME: Readonly<Record<Exclude<Phase, "send" | "head" | "body">, string>> = {
  dns: "the name lookup",
  connect: "one connect",
  tls: "the TLS handshake",
  wait: "the wait for the first octet",
};
