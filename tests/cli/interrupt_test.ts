import { assertEquals } from "@std/assert";
import { testRows } from "../_test_rows.ts";

const CHILD = new URL("_interrupt_child.ts", import.meta.url).href;

/** Runs the child and sends one signal for each line that it prints. */
async function interruptAtEachLine(
  signal: Deno.Signal,
  ...args: string[]
): Promise<[lines: string[], code: number]> {
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", CHILD, ...args],
    stdout: "piped",
    signal: AbortSignal.timeout(300_000),
  }).spawn();
  const lines: string[] = [];
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    for (const line of text.split("\n").filter((line) => line !== "")) {
      lines.push(line);
      if (line === "ready" || args.includes("stuck")) child.kill(signal);
    }
  }
  return [lines, (await child.status).code];
}

testRows("Interrupt turns the first signal into an abort", ["SIGINT", "SIGTERM"] as const, async (signal) => {
  assertEquals(await interruptAtEachLine(signal), [["ready", "interrupted"], 0], signal);
});

Deno.test("Interrupt lets a second signal end the process", async () => {
  assertEquals(await interruptAtEachLine("SIGINT", "stuck"), [["ready", "interrupted"], 130]);
});
