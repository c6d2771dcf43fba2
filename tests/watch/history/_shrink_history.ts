/** Removes the runs of a history from before a time. The arguments are the file and the time. */
import { History } from "../../../lib/watch/history/history.ts";

using history = new History(Deno.args[0]!);
history.forgetBefore(Number(Deno.args[1]));
