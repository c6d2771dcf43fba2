import { assertEquals, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../../../lib/version.ts";
import { run } from "../../_run.ts";

Deno.test(
  "sonde version prints the versions and the platform on one line",
  { permissions: "none" },
  async () => {
    assertEquals(await run(["version"]), {
      code: 0,
      stdout: `sonde ${VERSION} (deno ${Deno.version.deno}, ${Deno.build.target})\n`,
      stderr: "",
    });
  },
);

Deno.test("sonde version refuses an operand", { permissions: "none" }, async () => {
  const { code, stdout, stderr } = await run(["version", "example.com"]);
  assertEquals([code, stdout], [2, ""]);
  assertStringIncludes(stderr, 'Cannot use "example.com": sonde version takes no operand');
});
