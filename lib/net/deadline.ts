/**
 * One deadline for a whole exchange and one for the phase it is in, on a single timer.
 *
 * A limit is a limit for the peer. Time in which this process was stopped or busy extends every limit, up to twice its length
 * unless more is allowed. A timeout in which much of the time was lost is a local fault: octets may have come unseen.
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
   * Milliseconds for the whole, counted from `since`.
   *
   * @default {Infinity}
   */
  readonly maxTime?: number | undefined;
  /** Names the whole in messages. @default {"the whole exchange"} */
  readonly whole?: string | undefined;
  /**
   * `performance.now()` when the whole began.
   *
   * @default {performance.now()} the time of construction
   */
  readonly since?: number | undefined;
  /** Ends the whole early, with the kind `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Tells how much time was lost since the whole began.
   *
   * @default {new LagMeter()} from the time of construction
   */
  readonly lag?: LostTime | undefined;
  /**
   * Lost time that is added to a limit at most, in lengths of that limit.
   *
   * @default {1}
   */
  readonly lostTimeAllowance?: number | undefined;
}

/** With room for the rounding up; a longer wait is armed again when this one is over. */
const LONGEST_WAIT = LONGEST_TIMER - 1;

/** Milliseconds for a last look at octets that arrived while the loop was late: timers come before sockets in each turn. */
const LAST_LOOK = 5;

/**
 * Watches the time of an exchange. There is one timer at most, and a phase that ends in time does not touch it:
 * if the timer fires too early for the phase that is running, it is set again for the rest.
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
  /** The limit of the phase. */
  #term: TimeLimit | undefined;
  #looked = false;
  #expire: ((error: ProbeError) => void) | undefined;
  #expired: ProbeError | undefined;
  #wholeExpired = false;
  #heardAt = -Infinity;
  /** `performance.now()` at which the alarm will ring. */
  #alarm: number | undefined;

  /** Starts to count. */
  constructor(options: DeadlineOptions = {}) {
    const { maxTime = Infinity, since = performance.now(), whole = "the whole exchange" } = options;
    const { signal, lag, lostTimeAllowance = USUAL_ALLOWANCE } = options;
    this.#allowed = { lag: lag ?? (this.#ownLag = new LagMeter()), allowance: lostTimeAllowance };
    this.#whole = new TimeLimit(maxTime, since, 0, this.#allowed);
    this.#wholeName = whole;
    this.#signal = signal;
    if (signal) watchersOf(signal).add(this.#abort);
  }

  /** The error with which it expired, `timeout` or `aborted`; undefined if it has not expired. */
  get expired(): ProbeError | undefined {
    return this.#expired;
  }

  /** Milliseconds left of the whole, 0 at least; `Infinity` without `maxTime`. */
  get remaining(): number {
    return Math.max(0, this.#whole.end - performance.now());
  }

  /**
   * Enters a phase, replacing the limit and the callback of the one before. When the phase's limit, the whole time
   * or an abort comes first, {@linkcode expired} is set and `expire` is called with it, once; immediately if the
   * whole is over already.
   *
   * A limit that only this phase exceeded does not end the whole: the next `enter` clears it, so that the next
   * address can be tried. {@linkcode isOver} tells the two apart.
   *
   * @param doing The action as it stands after "Cannot": `connect to 127.0.0.1:80`.
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

  /** Takes note of octets that came from the peer (`performance.now()`). */
  hear(at: number): void {
    this.#heardAt = at;
  }

  /** Leaves the phase: nothing can expire until the next one is entered, and the whole time goes on counting. */
  leave(): void {
    this.#expire = undefined;
  }

  /** True when the whole time is over or was aborted, so that no further phase can succeed. */
  get isOver(): boolean {
    return this.#signal?.aborted === true || this.#wholeExpired ||
      performance.now() >= this.#whole.end;
  }

  /** Stops the timer and lets go of the signal. */
  [Symbol.dispose](): void {
    this.leave();
    this.#disarm();
    this.#ownLag?.[Symbol.dispose]();
    if (this.#signal) watchersOf(this.#signal).delete(this.#abort);
  }

  /** The moment in which the phase is over, by its own limit or that of the whole. */
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
