import { assertEquals } from "@std/assert";
import { runCommand, sendSignal } from "../../../lib/watch/delivery/run_command.ts";
import { withFolder } from "../../_folder.ts";
import { notice, UP } from "./_notices.ts";

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

Deno.test("runCommand() tells the program of the outage that a notice ends", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/said.json`;
    const code = `Deno.writeTextFileSync(${JSON.stringify(path)}, JSON.stringify(Deno.env.toObject()))`;
    const options = { limit: 600_000, signal: new AbortController().signal };
    const failure = await runCommand([Deno.execPath(), "eval", code], JSON.stringify(UP), options);
    const { SONDE_KIND, SONDE_OUTAGE_START, SONDE_OUTAGE_MS, SONDE_OUTAGE_CAUSE, SONDE_CERTIFICATE_DAYS } =
      JSON.parse(await Deno.readTextFile(path)) as Record<string, string>;
    assertEquals(
      [failure, SONDE_KIND, SONDE_OUTAGE_START, SONDE_OUTAGE_MS, SONDE_OUTAGE_CAUSE, SONDE_CERTIFICATE_DAYS],
      [undefined, "up", "2026-03-01T12:01:00.000Z", "720000", "not status == 200 (found 503)", ""],
    );
  });
});
