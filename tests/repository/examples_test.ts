import { assert, assertEquals } from "@std/assert";
import { testRows } from "../_test_rows.ts";
import { LIBRARY, readNames } from "./_public_names.ts";
import { listSources, ROOT } from "./_source_tree.ts";

/** An example in a documentation comment: its code without the asterisks. */
interface Example {
  readonly path: string;
  readonly code: string;
}

function readExamples(path: string): Example[] {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  return [...text.matchAll(/^ +\* ```ts\n(.*?)^ +\* ```$/gms)].map(([, block = ""]) => ({
    path,
    code: block.replaceAll(/^ +\* ?/gm, ""),
  }));
}

/** The imports of an example; those that do not fit in one line have no place in one. */
function importsOf({ code }: Example): { names: string[]; specifier: string }[] {
  return [...code.matchAll(/^import (?:type )?(.+?) from "([^"]+)";$/gm)].map((
    [, names = "", specifier = ""],
  ) => ({
    names: names.replaceAll(/[{}]|\btype\b/g, "").split(",").map((name) => name.trim()),
    specifier,
  }));
}

/** Where the library is published; the import map of `deno.json` leads it to this tree. */
const PACKAGE = "https://deno.land/x/sonde/";
const EXAMPLES = [...listSources("lib/"), "mod.ts"].flatMap(readExamples);

Deno.test("examples can be copied: they import only the package and Deno's own modules", async () => {
  const names = await readNames("mod.ts");
  const wrong: string[] = [];
  for (const example of EXAMPLES) {
    for (const { names: imported, specifier } of importsOf(example)) {
      const isPublic = imported.some((name) => names.values.has(name) || names.types.has(name));
      // Only who works on the project reads the example of something internal.
      const allowed = isPublic ? [PACKAGE] : [PACKAGE, "node:", "."];
      if (!allowed.some((start) => specifier.startsWith(start))) {
        wrong.push(`${example.path}: ${imported} from ${specifier}`);
      }
    }
  }
  assert(EXAMPLES.length > 60, `${EXAMPLES.length} examples`);
  assertEquals(wrong, []);
});

Deno.test("every example fails if its claim does not hold", () => {
  const silent = EXAMPLES.filter(({ code }) => !/\bassert\b[(.]|\bthrow new\b/.test(code));
  assertEquals(silent.map(({ path }) => path), []);
});

testRows("an example imports the entry by its public name, in", LIBRARY, (path) => {
  const [example] = readExamples(path);
  assert(example && importsOf(example).some(({ specifier }) => specifier === `${PACKAGE}${path}`));
});
