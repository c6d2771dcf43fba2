import { assert, assertEquals } from "@std/assert";
import { SEED } from "../http/_arbitraries.ts";
import { KEPT } from "./_kept.ts";
import { PROPERTIES } from "./_properties.ts";
import { testRows } from "../_test_rows.ts";

for (const property of PROPERTIES) {
  Deno.test({
    name: property.claim,
    permissions: "none",
    fn() {
      const { counterexample, runs, applied } = property.find({ seed: SEED, runs: property.runs });
      if (counterexample) {
        const { error } = counterexample;
        throw new Error(`Not of ${JSON.stringify(counterexample.input)}: ${error.message}`, { cause: error });
      }
      assertEquals(runs, property.runs);
      assert(applied > runs / 30, `it says something about ${applied} of ${runs} inputs only`);
    },
  });
}

testRows("properties have unique names and claims", [
  PROPERTIES.map(({ name }) => name),
  PROPERTIES.map(({ claim }) => claim),
], (texts) => {
  assertEquals(texts.filter((text, i) => texts.indexOf(text) !== i), []);
}, { permissions: "none" });

for (const [name, input] of KEPT) {
  Deno.test(`${name} holds for ${JSON.stringify(input)}`, { permissions: "none" }, () => {
    const property = PROPERTIES.find((each) => each.name === name);
    assert(property, `there is no property ${name}`);
    assertEquals(property.replay(input), undefined);
  });
}
