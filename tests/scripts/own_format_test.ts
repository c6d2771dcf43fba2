import { assertEquals, assertMatch } from "@std/assert";
import { runModule } from "../_process.ts";

Deno.test("own_format.ts prints the slowest first, in its own format", async () => {
  // The order is that of the answers: the second waits until the first has been given.
  const first = Promise.withResolvers<void>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    if (new URL(url).pathname === "/slow") await first.promise;
    else queueMicrotask(first.resolve);
    return new Response("hi");
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  const { code, stdout, stderr } = await runModule(
    "scripts/own_format.ts",
    ["--allow-net"],
    [`${url}/fast`, `${url}/slow`, "http://127.0.0.1:1/"],
  );
  assertEquals(code, 1, stderr);
  const [head, ...rows] = stdout.trimEnd().split("\n");
  assertEquals(head, "status      time");
  assertEquals(rows.length, 3, stdout);
  assertMatch(rows[0]!, /^\S+ +[\d.]+ (?:ms|s) {2}http:\S+ {2}#{40}$/);
  assertMatch(stdout, /^refused .*127\.0\.0\.1:1\/ /m);
  const lengths = rows.map((row) => /#+$/.exec(row)?.[0].length ?? 0);
  assertEquals(lengths, lengths.toSorted((one, other) => other - one));
});

Deno.test("own_format.ts explains its usage", async () => {
  const usage = await runModule("scripts/own_format.ts", ["--allow-net"], []);
  assertEquals([usage.code, usage.stdout, usage.stderr], [2, "", "Usage: own_format.ts URL…\n"]);
});
