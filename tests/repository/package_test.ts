import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../lib/version.ts";
import { ROOT } from "./_source_tree.ts";

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

Deno.test("VERSION is the version in deno.json", () => {
  assertEquals(VERSION, JSON.parse(read("deno.json")).version);
});

Deno.test("CHANGELOG.md has a section for what is not released yet", () => {
  assertMatch(read("CHANGELOG.md"), /^## \[Unreleased\]$/m);
});

Deno.test("deno.lock pins the packages of deno.json and names no host", () => {
  const lock = read("deno.lock");
  assertStringIncludes(lock, '"integrity"');
  assertEquals(lock.includes("://"), false);
});

Deno.test("mod.ts and cli.ts pass the type check without the import map", async () => {
  assertEquals(await failureOf("check", "--no-config", "mod.ts", "cli.ts"), "");
});

Deno.test("deno publish --dry-run passes", async () => {
  assertEquals(await failureOf("publish", "--dry-run", "--allow-dirty"), "");
});
