/**
 * Every comparison, one after the other: `deno task bench`.
 *
 * @module
 */

const PARTS = ["parser.ts", "one_off.ts", "batch.ts", "download.ts"];

if (import.meta.main) {
  for (const part of PARTS) {
    const path = new URL(part, import.meta.url).pathname;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", path],
      stdout: "inherit",
      stderr: "inherit",
    });
    const { success } = await command.spawn().status;
    if (!success) Deno.exitCode = 1;
    console.log();
  }
}
