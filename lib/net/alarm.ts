/**
 * Calls that are due at some time, and seldom made: those of one millisecond share one timer of the system.
 *
 * @module
 */

/** Told the time that {@linkcode setAlarm} gave; one that is called off by another of the same time may still come. */
type Call = (at: number) => void;

/** Whoever may be called in one millisecond. */
interface Slot {
  readonly calls: Set<Call>;
  readonly timer: ReturnType<typeof setTimeout>;
}

const slots = new Map<number, Slot>();

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
  const slot = slots.get(at);
  if (slot) slot.calls.add(call);
  else {slots.set(at, {
      calls: new Set([call]),
      timer: setTimeout(ring, Math.ceil(at - performance.now()), at),
    });}
  return at;
}

/** Calls off what was set for a time; nothing happens if it was made already. */
export function clearAlarm(at: number, call: Call): void {
  const slot = slots.get(at);
  if (!slot?.calls.delete(call) || slot.calls.size > 0) return;
  slots.delete(at);
  clearTimeout(slot.timer);
}

function ring(at: number): void {
  const { calls } = slots.get(at)!;
  slots.delete(at);
  for (const call of calls) call(at);
}
