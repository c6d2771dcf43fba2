import { assert, assertEquals } from "@std/assert";

/** Rounds in which code is compiled, and what is loaded once is loaded. */
const WARM_UP = 4;
/** Octets by which the heap may grow over all rounds after that; one round of leaked connections is more. */
const GROWTH = 1_500_000;

Deno.test("probeAll() of the whole zoo leaks neither memory nor file descriptors in repeated runs", async () => {
  const child = new URL("./_memory_child.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", "--v8-flags=--expose-gc", child],
    stderr: "inherit",
  });
  const { success, stdout } = await command.output();
  assert(success);
  const rounds = new TextDecoder().decode(stdout).trim().split("\n").map((line) =>
    JSON.parse(line) as { heap: number; descriptors: number }
  ).slice(WARM_UP);
  assertEquals(new Set(rounds.map(({ descriptors }) => descriptors)).size, 1, JSON.stringify(rounds));
  const growth = rounds.at(-1)!.heap - rounds[0]!.heap;
  assert(growth < GROWTH, `${growth} octets more: ${JSON.stringify(rounds)}`);
});
