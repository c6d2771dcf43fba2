/**
 * Calls functions at given times. Most of these alarms are cancelled before their time; all share one system timer.
 *
 * @module
 */

/**
 * The function of an alarm. It receives the time that {@linkcode setAlarm} returned. It may still be called if it is
 * cancelled by a function with the same time.
 */
type Call = (at: number) => void;

/** The functions by the millisecond at which they are due. */
const slots = new Map<number, Set<Call>>();

/** The timer, which rings at the time of the first slot or earlier. `lib/time/timer.ts` explains why it is a signal. */
let timer: AbortSignal | undefined;
/** The time at which it rings. */
let timerAt = Infinity;

/**
 * Calls a function at a time, rounded up to a whole millisecond, unless {@linkcode clearAlarm} cancels it first.
 * Setting a system timer takes longer than several other steps of a probe, and thousands of probes a second would set
 * one each.
 *
 * @param due `performance.now()`, not more than 2³¹ − 1 ms from now
 * @param call A function that is not yet set for the same time
 * @returns The time to pass to {@linkcode clearAlarm}
 */
export function setAlarm(due: number, call: Call): number {
  const at = Math.ceil(due);
  const calls = slots.get(at);
  if (calls) {
    calls.add(call);
    return at;
  }
  slots.set(at, new Set([call]));
  if (slots.size === 1 || at < timerAt) arm(at);
  return at;
}

/** Cancels the call of a function at a time. Does nothing if that call was already made. */
export function clearAlarm(at: number, call: Call): void {
  const calls = slots.get(at);
  if (!calls?.delete(call) || calls.size > 0) return;
  slots.delete(at);
  // A timer without a listener does not keep the process alive, and may serve for the next alarm.
  if (slots.size === 0) timer?.removeEventListener("abort", ring);
}

/** Makes sure that the timer rings no later than at a given time. */
function arm(at: number): void {
  if (timer === undefined || timer.aborted || at < timerAt) {
    timer?.removeEventListener("abort", ring);
    timer = AbortSignal.timeout(Math.max(0, Math.ceil(at - performance.now())));
    timerAt = at;
  }
  timer.addEventListener("abort", ring);
}

function ring(): void {
  const now = performance.now();
  const due: [at: number, calls: Set<Call>][] = [];
  let next = Infinity;
  for (const [at, calls] of slots) {
    if (at <= now) due.push([at, calls]);
    else next = Math.min(next, at);
  }
  for (const [at] of due) slots.delete(at);
  timerAt = Infinity;
  if (next < Infinity) arm(next);
  due.sort(([a], [b]) => a - b);
  for (const [at, calls] of due) for (const call of calls) call(at);
}
