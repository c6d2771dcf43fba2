import { assertEquals } from "@std/assert";
import { EXPERIMENTS } from "../../../lib/conn/experiments.ts";
import { testRows } from "../../_test_rows.ts";

testRows(
  "Each experiment has a test file of its own name, with a row for each outcome",
  EXPERIMENTS,
  ({ name, outcomes }) => {
    const file = `${name.replaceAll("-", "_")}_test.ts`;
    const path = new URL(file, import.meta.url);
    const text = Deno.readTextFileSync(path);
    const missing = Object.keys(outcomes).filter((outcome) => !text.includes(`"${outcome}"`));
    assertEquals(missing, [], `tests/conn/experiments/${file} expects these outcomes nowhere`);
  },
);

Deno.test("Each experiment stands in the table once, in a module of its own name", () => {
  const table = Deno.readTextFileSync(new URL("../../../lib/conn/experiments.ts", import.meta.url));
  const names = EXPERIMENTS.map(({ name }) => name);
  assertEquals(names.length, new Set(names).size);
  const elsewhere = names.filter((name) =>
    !table.includes(`"./experiments/${name.replaceAll("-", "_")}.ts"`)
  );
  assertEquals(elsewhere, []);
  const folder = new URL("../../../lib/conn/experiments/", import.meta.url);
  const missing = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    /^export const \w+: Experiment</m.test(Deno.readTextFileSync(new URL(name, folder))) &&
    !table.includes(`"./experiments/${name}"`)
  );
  assertEquals(missing, [], "lib/conn/experiments.ts has no row for these modules of its folder");
});
