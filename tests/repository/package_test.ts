import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../lib/version.ts";
import { listSources, readCode, ROOT } from "./_source_tree.ts";

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** Runs Deno in the folder of the repository; gives what it wrote if it failed. */
async function failureOf(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output();
  return success ? "" : new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test("VERSION equals the version in deno.json", () => {
  assertEquals(VERSION, JSON.parse(read("deno.json")).version);
});

Deno.test("CHANGELOG.md has a section for unreleased changes", () => {
  assertMatch(read("CHANGELOG.md"), /^## \[Unreleased\]$/m);
});

Deno.test("tests/deno.lock pins every package that a source file names, and names no host", () => {
  const lock = read("tests/deno.lock");
  assertStringIncludes(lock, '"integrity"');
  assertEquals(lock.includes("://"), false);
  const named = listSources("cli.ts", "lib/", "scripts/", "bench/", "std/", "tests/").flatMap((path) =>
    Array.from(readCode(path).matchAll(/"(npm:[^/"@]+@[^/"]+)[^"]*"/g), ([, name]) => name)
  );
  assertEquals(Object.keys(JSON.parse(lock).specifiers).toSorted(), [...new Set(named)].toSorted());
});

Deno.test("deno.json maps only names of the standard library in use, and none to a package that every run would download", () => {
  const sources = listSources("lib/", "scripts/", "bench/", "tests/").map(readCode);
  const { "https://deno.land/x/sonde/": published, ...packages } = JSON.parse(read("deno.json")).imports;
  // The examples import the public URL, and run on this tree.
  assertEquals(published, "./");
  for (const [name, target] of Object.entries(packages)) {
    assertMatch(name, /^@std\/(assert$|cli\/|fmt\/)/);
    assertMatch(String(target), /^\.\/std\//, name);
    assertEquals(sources.some((code) => code.includes(`from "${name}"`)), true, `${name} is not in use`);
  }
});

Deno.test("deno publish --dry-run passes", async () => {
  // The types are checked when the tests are loaded, with the same settings.
  assertEquals(await failureOf("publish", "--dry-run", "--allow-dirty", "--no-check"), "");
});
