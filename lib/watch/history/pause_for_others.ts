/** Milliseconds of a pause. Another process that waits for the file tries again every few milliseconds. */
const PAUSE = 6;

/** Lets another process write between two statements of a long piece of work: SQLite has no queue of writers. */
export function pauseForOthers(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}
