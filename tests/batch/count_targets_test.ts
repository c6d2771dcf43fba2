import { assertEquals } from "@std/assert";
import { countTargets } from "../../lib/batch/count_targets.ts";
import { readTargets, type ReadTargetsOptions } from "../../lib/batch/read_targets.ts";
import { testRows } from "../_test_rows.ts";

const LIST = [
  "# a comment",
  "",
  "a.test",
  "http://b.test:81/x   # another one",
  "  c.test/path\r",
  "10.0.0.0/28",
  "10.0.0.0/99",
  "2001:db8::/125",
  "::1",
  "f.test,443",
  "[::1]:80",
  '{"url": "http://d.test/", "tag": 1}',
  '{"url": 5}',
  "http://e.test:port/",
  "x".repeat(70_000),
  "last.test",
].join("\n");

testRows<[name: string, options: ReadTargetsOptions]>("countTargets() counts what readTargets() reads", [
  ["a plain list", {}],
  ["several ports", { ports: [80, 81, 82] }],
  ["several paths", { paths: ["/", "/health"] }],
  ["ports and paths", { ports: [80, 81], paths: ["/a", "/b"] }],
  ["one of three parts", { shard: { index: 1, count: 3 } }],
  ["a part with ports", { shard: { index: 2, count: 5 }, ports: [80, 81] }],
], async ([, options]) => {
  const read = await Array.fromAsync(readTargets(new Blob([LIST]).stream(), options));
  const counts = await Array.fromAsync(countTargets(new Blob([LIST]).stream(), options));
  assertEquals(counts.reduce((sum, count) => sum + count, 0), read.length);
}, { permissions: "none" });

Deno.test("countTargets() counts a large range without its addresses", { permissions: "none" }, async () => {
  const counts = await Array.fromAsync(countTargets(new Blob(["10.0.0.0/8\nfe80::/104\n"]).stream()));
  assertEquals(counts, [2 ** 25]);
  const shard = { index: 1, count: 4 };
  const part = await Array.fromAsync(countTargets(new Blob(["0.0.0.0/0\n"]).stream(), { shard }));
  assertEquals(part, [2 ** 30]);
});
