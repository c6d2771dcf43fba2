import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestFolder } from "../_folder.ts";
import { runModule } from "../_process.ts";
import { readCounterexample } from "./_counterexample.ts";
import { testRows } from "../_test_rows.ts";

const PLANTED = new URL("./_planted.ts", import.meta.url).href;

async function fuzz(...args: readonly string[]): ReturnType<typeof runModule> {
  const permissions = ["--allow-read", "--allow-write", "--allow-env"];
  return await runModule("tests/fuzz/fuzz.ts", permissions, ["--module", PLANTED, ...args]);
}

/** The files of a folder that exists only for a test. */
async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  using folder = new TestFolder();
  await test(folder.file("found"));
}

function filesOf(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`).sort();
}

Deno.test("deno task fuzz finds a bug, shrinks and saves it, and replays it", () =>
  withFolder(async (folder) => {
    const search = ["--only", "planted", "--only", "sound", "--duration", "2s", "--out", folder];
    const { code, stdout, stderr } = await fuzz(...search, "--seed", "7");
    assertEquals([code, stderr], [1, ""], stdout);
    const [file, ...more] = filesOf(folder);
    assertEquals(more, []);
    const { property, input, seed } = await readCounterexample(file!);
    assertEquals([property, input, seed], ["planted", "\n\n", 7]);
    assertStringIncludes(stdout, `try it again with: deno task fuzz ${file}`);
    assertStringIncludes(stdout, '["planted", "\\n\\n"],');
    assertStringIncludes(stdout, '{ name: "WHAT IS ODD", wire: "\\n\\n" },');
    assert(/^sound +[1-9][0-9]* inputs/m.test(stdout), stdout);

    const again = await fuzz(file!);
    assertEquals(again.code, 1);
    assertStringIncludes(again.stdout, "still a counterexample");
    await Deno.writeTextFile(file!, JSON.stringify({ property: "planted", input: "\n" }));
    const mended = await fuzz(file!);
    assertEquals(mended.code, 0);
    assertStringIncludes(mended.stdout, "holds now");
  }));

Deno.test("deno task fuzz ends with 0 if it finds nothing, and prints its seed", () =>
  withFolder(async (folder) => {
    const { code, stdout } = await fuzz("--only", "sound", "--duration", "300ms", "--out", folder);
    assertEquals(code, 0);
    assert(/^seed [0-9]+\n/.test(stdout), stdout);
    assertStringIncludes(stdout, "no counterexample");
  }));

Deno.test("deno task fuzz reports an input whose check does not end", () =>
  withFolder(async (folder) => {
    const { code, stdout } = await fuzz(
      "--only",
      "endless",
      "--duration",
      "50s",
      "--patience",
      "1s",
      "--out",
      folder,
    );
    assertEquals(code, 1, stdout);
    const { input, error } = await readCounterexample(filesOf(folder)[0]!);
    assertEquals(input, 2);
    assertStringIncludes(error, "It did not come to an end within 1000 ms");
  }));

testRows<readonly [args: readonly string[], message: string]>(
  "deno task fuzz refuses invalid flags and values",
  [
    [["--only", "nothing"], "Cannot fuzz nothing: there are sound, planted, endless"],
    [["--seed", "x"], "Cannot begin with the seed x"],
    [["--duration", "soon"], "soon"],
    [["--speed", "9"], "--speed"],
  ],
  async ([args, message]) => {
    const { code, stderr } = await fuzz(...args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, message);
  },
);
