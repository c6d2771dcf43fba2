import { assertEquals } from "@std/assert";
import { runCommand, sendSignal } from "../../../lib/watch/delivery/run_command.ts";
import { notice } from "./_notices.ts";

Deno.test("sendSignal() does nothing if the process has just ended", async () => {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  const { success } = await child.status;
  sendSignal(child, "SIGTERM");
  assertEquals(success, true);
});

Deno.test("runCommand() ends a program at once if it was aborted before it began", async () => {
  const failure = await runCommand(
    [Deno.execPath(), "eval", "setInterval(() => {}, 1000)"],
    JSON.stringify(notice()),
    { limit: 600_000, signal: AbortSignal.abort() },
  );
  assertEquals(failure?.kind, "failed");
});
