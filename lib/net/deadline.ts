/**
 * Limits a whole exchange and its current phase with a single timer.
 *
 * A limit applies to the peer. If this process was stopped or busy, that time extends every limit, by default up to
 * twice its length. A timeout that lost much of its time is a local fault: octets may have come unseen.
 *
 * @module
 */

import { LagMeter, type LostTime } from "../time/lag.ts";
import type { Phase, ProbeError } from "../result.ts";
import { LONGEST_TIMER } from "../time/timer.ts";
import { watchersOf } from "./abort_watchers.ts";
import { timeoutError } from "./timeout_error.ts";
import { clearAlarm, setAlarm } from "../time/alarm.ts";
import { type Allowance, TimeLimit, USUAL_ALLOWANCE } from "./time_limit.ts";

/** Options of {@linkcode Deadline}. */
export interface DeadlineOptions {
  /**
   * Milliseconds for the whole exchange, counted from `since`.
   *
   * @default {Infinity}
   */
  readonly maxTime?: number | undefined;
  /** Names the whole in messages. @default {"the whole exchange"} */
  readonly whole?: string | undefined;
  /**
   * `performance.now()` when the whole exchange began.
   *
   * @default {performance.now()} at construction
   */
  readonly since?: number | undefined;
  /** Ends the whole exchange early, with the kind `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Measures the time that was lost since the exchange began.
   *
   * @default {new LagMeter()} at construction
   */
  readonly lag?: LostTime | undefined;
  /**
   * Maximum lost time added to a limit, in lengths of that limit.
   *
   * @default {1}
   */
  readonly lostTimeAllowance?: number | undefined;
}

/** Longest wait of one timer, with room for rounding up; a longer wait re-arms the timer. */
const LONGEST_WAIT = LONGEST_TIMER - 1;

/**
 * Milliseconds for a last look at octets that arrived while the loop was late: in each turn, timers run before sockets.
 */
const LAST_LOOK = 5;

/**
 * Watches the time of an exchange. It has at most one timer, and a phase that ends in time does not touch it: if the
 * timer fires too early for the current phase, it is re-armed for the rest.
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
  readonly #whole: TimeLimit;
  readonly #wholeName: string;
  readonly #signal: AbortSignal | undefined;
  readonly #ownLag: LagMeter | undefined;
  readonly #allowed: Allowance;
  #phase: Phase = "connect";
  #doing = "";
  /** Limit of the phase. */
  #term: TimeLimit | undefined;
  #looked = false;
  #expire: ((error: ProbeError) => void) | undefined;
  #expired: ProbeError | undefined;
  #wholeExpired = false;
  #heardAt = -Infinity;
  /** `performance.now()` when the timer will fire. */
  #alarm: number | undefined;

  /** Starts counting. */
  constructor(options: DeadlineOptions = {}) {
    const { maxTime = Infinity, since = performance.now(), whole = "the whole exchange" } = options;
    const { signal, lag, lostTimeAllowance = USUAL_ALLOWANCE } = options;
    this.#allowed = { lag: lag ?? (this.#ownLag = new LagMeter()), allowance: lostTimeAllowance };
    this.#whole = new TimeLimit(maxTime, since, 0, this.#allowed);
    this.#wholeName = whole;
    this.#signal = signal;
    if (signal) watchersOf(signal).add(this.#abort);
  }

  /** The error of the expired limit, `timeout` or `aborted`; undefined if no limit has expired. */
  get expired(): ProbeError | undefined {
    return this.#expired;
  }

  /** Milliseconds left for the whole exchange, at least 0; `Infinity` without `maxTime`. */
  get remaining(): number {
    return Math.max(0, this.#whole.end - performance.now());
  }

  /**
   * Enters a phase, which replaces the limit and the callback of the previous one. When the limit of the phase or of
   * the whole exchange expires, or the signal aborts, this sets {@linkcode expired} and calls `expire` with it once;
   * immediately if the whole exchange is already over.
   *
   * If only the limit of the phase expired, the exchange may go on: the next `enter` clears the error, so that the next
   * address can be tried. {@linkcode isOver} distinguishes the two cases.
   *
   * @param doing The action, worded to follow "Cannot": `connect to 127.0.0.1:80`.
   * @param limit Milliseconds for this phase.
   */
  enter(phase: Phase, doing: string, limit: number | undefined, expire: (error: ProbeError) => void): void {
    const now = performance.now();
    this.#phase = phase;
    this.#doing = doing;
    const { lost } = this.#allowed.lag;
    this.#term = limit === undefined ? undefined : new TimeLimit(limit, now, lost, this.#allowed);
    this.#looked = false;
    this.#expire = expire;
    if (this.#expired !== undefined && !this.isOver) this.#expired = undefined;
    const due = this.#due();
    if (this.#expired !== undefined) this.#finish(this.#expired);
    else if (this.#signal?.aborted) this.#abort();
    else if (due <= now) this.#finish(this.#timeout(now));
    else if (this.#alarm === undefined || this.#alarm > Math.ceil(due)) this.#arm(now, due);
  }

  /** Records that octets came from the peer (`performance.now()`). */
  hear(at: number): void {
    this.#heardAt = at;
  }

  /** Leaves the phase: nothing expires until the next one begins, but the time of the whole exchange runs on. */
  leave(): void {
    this.#expire = undefined;
  }

  /** True if the whole exchange is over its time or was aborted, so that no further phase can succeed. */
  get isOver(): boolean {
    return this.#signal?.aborted === true || this.#wholeExpired ||
      performance.now() >= this.#whole.end;
  }

  /** Stops the timer and stops listening to the signal. */
  [Symbol.dispose](): void {
    this.leave();
    this.#disarm();
    this.#ownLag?.[Symbol.dispose]();
    if (this.#signal) watchersOf(this.#signal).delete(this.#abort);
  }

  /** Computes when the phase is over, by its own limit or that of the whole exchange. */
  #due(): number {
    const whole = this.#whole.end;
    return this.#term ? Math.min(whole, this.#term.end) : whole;
  }

  #arm(now: number, due: number): void {
    this.#disarm();
    if (Number.isFinite(due)) this.#alarm = setAlarm(Math.min(due, now + LONGEST_WAIT), this.#check);
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
    const due = this.#due();
    if (now < due) {
      this.#arm(now, due);
    } else if (this.#allowed.lag.isLate && !this.#looked) {
      this.#looked = true;
      this.#arm(now, now + LAST_LOOK);
    } else {
      this.#finish(this.#timeout(now));
    }
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

  #timeout(now: number): ProbeError {
    const term = this.#term && this.#term.end < this.#whole.end ? this.#term : this.#whole;
    const whole = term === this.#whole ? this.#wholeName : undefined;
    this.#wholeExpired ||= whole !== undefined;
    const judged = term.judge(now, this.#heardAt);
    return timeoutError(this.#phase, this.#doing, { limit: term.limit, whole, ...judged });
  }
}
