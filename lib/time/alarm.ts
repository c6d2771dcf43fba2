/**
 * Calls that are due at some time, and seldom made: all of them share one timer of the system.
 *
 * @module
 */

/** Told the time that {@linkcode setAlarm} gave; one that is called off by another of the same time may still come. */
type Call = (at: number) => void;

/** Whoever is to be called, by the millisecond. */
const slots = new Map<number, Set<Call>>();

/** Aborted at the time of the first slot, or before it; see `callAfter()` of `lib/time/timer.ts` for why it is a signal. */
let timer: AbortSignal | undefined;
/** When it is. */
let timerAt = Infinity;

/**
 * Makes a call at a time, in whole milliseconds rounded up, unless {@linkcode clearAlarm} comes first. Setting a timer
 * takes longer than several other steps of a probe, and thousands of probes a second have one each.
 *
 * @param due `performance.now()`, not more than 2³¹ − 1 ms from now
 * @param call A function that is not yet set for the same time
 * @returns The time to clear it by
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

/** Calls off what was set for a time; nothing happens if it was made already. */
export function clearAlarm(at: number, call: Call): void {
  const calls = slots.get(at);
  if (!calls?.delete(call) || calls.size > 0) return;
  slots.delete(at);
  // Without a listener it does not keep the process alive, and may serve for the next alarm.
  if (slots.size === 0) timer?.removeEventListener("abort", ring);
}

/** Makes sure that the timer rings at a time or before it. */
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
