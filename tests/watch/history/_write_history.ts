/** Writes runs until it is killed; a line for each. The argument is the file. */
import { History } from "../../../lib/watch/history/history.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { runAt, task } from "../_samples.ts";

using history = new History(Deno.args[0]!);
const check = task({ url: "http://a.test/", flapping: 0 });
// No two processes use the same minutes, however fast they write.
for (let minute = Date.now() % 1e7 * 50;; minute++) {
  const verdict = history.stateOf(check.name).condition === "down" ? "up" : "down";
  const run = runAt(minute, verdict);
  const { state, changes } = advanceState(history.stateOf(check.name), run, check);
  history.record({
    task: check,
    run,
    state,
    changes,
    skipped: 0,
    messages: [{ receiver: "r", address: "a", message: () => "{}" }],
    redact: (text) => text,
  });
  await Deno.stdout.write(new TextEncoder().encode(`${minute}\n`));
}
