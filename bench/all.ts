/**
 * Runs every comparison, one after the other: `deno task bench`.
 *
 * @module
 */

const PARTS: readonly (readonly [file: string, ...args: string[]])[] = [
  ["parser.ts"],
  ["one_off.ts"],
  ["batch.ts"],
  ["batch_memory.ts", "--targets", "10000,100000,1000000"],
  ["download.ts"],
];

if (import.meta.main) {
  for (const [file, ...given] of PARTS) {
    const path = new URL(file, import.meta.url).pathname;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", path, ...given],
      stdout: "inherit",
      stderr: "inherit",
    });
    const { success } = await command.spawn().status;
    if (!success) Deno.exitCode = 1;
    console.log();
  }
}
