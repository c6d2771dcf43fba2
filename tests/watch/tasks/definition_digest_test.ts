import { assertEquals, assertMatch } from "@std/assert";
import { definitionDigest } from "../../../lib/watch/tasks/definition_digest.ts";
import { task } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;
const CHECK = { name: "shop", url: "http://a.test/", expect: ["status == 200"], headers: { A: "1" } };

testRows<[changes: Record<string, unknown>, same: boolean]>(
  "definitionDigest() tells if a key that decides about verdict or state changed:",
  [
    [{}, true],
    [{ name: "other" }, true],
    [{ tags: ["eu"] }, true],
    [{ interval: "5m" }, true],
    [{ on: ["down"] }, true],
    [{ remind: "1h" }, true],
    [{ maintenance: [{ days: ["sun"], from: "02:00", to: "04:00" }] }, true],
    [{ dependsOn: "gateway" }, true],
    [{ url: "http://b.test/" }, false],
    [{ expect: ["status == 201"] }, false],
    [{ degraded: ["timings.total < 1s"] }, false],
    [{ headers: { A: "2" } }, false],
    [{ failures: 2 }, false],
    [{ certificateDays: [21, 7] }, false],
    [{ maxRedirects: 3 }, false],
    [{ test: { fine: () => true } }, false],
  ],
  ([changes, same]) => {
    assertEquals(definitionDigest({ ...CHECK, ...changes }) === definitionDigest(CHECK), same);
  },
  PURE,
);

testRows<[other: Record<string, unknown>]>(
  "definitionDigest() is the same for the same definition in another form:",
  [
    [{ expect: ["status == 200"], url: "http://a.test/", headers: { A: "1" }, name: "shop" }],
    [JSON.parse(JSON.stringify(CHECK))],
  ],
  ([other]) => assertEquals(definitionDigest(other), definitionDigest(CHECK)),
  PURE,
);

Deno.test("definitionDigest() holds no secret", PURE, () => {
  const { definition } = task({ url: "http://a.test/?key=${env:TOKEN}" });
  assertMatch(definition, /^[0-9a-f]{16}$/);
  assertEquals(definition, definitionDigest({ url: "http://a.test/?key=${env:TOKEN}" }));
});
