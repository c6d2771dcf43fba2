import { assertEquals } from "@std/assert";
import { localImports } from "../../../lib/watch/tasks/local_imports.ts";

Deno.test("localImports() finds the direct and indirect relative imports of a module", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    await Deno.mkdir(`${folder}/sub`);
    const files: Record<string, string> = {
      "checks.ts": `import { a } from "./a.ts";\nimport './b.js';\nimport x from "https://a.test/mod.ts";
        export * from "./sub/c.ts";\nconst d = await import( "./d.json", { with: { type: "json" } });`,
      "a.ts": 'import type { C } from "./sub/c.ts"; import "./none.ts"; import "npm:x"; // from "bare"',
      "b.js": 'import { a } from "./checks.ts";',
      "sub/c.ts": 'import "../a.ts";',
      "d.json": '{"text": "import \'./e.ts\'"}',
      "e.ts": "",
      "abs.ts": `import "${folder}/e.ts";\nimport "file://${folder}/d.json";`,
    };
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
    const found = (name: string) =>
      localImports(`${folder}/${name}`).map((path) => path.slice(folder.length + 1)).toSorted();
    assertEquals(found("checks.ts"), ["a.ts", "b.js", "checks.ts", "d.json", "none.ts", "sub/c.ts"]);
    assertEquals(found("abs.ts"), ["abs.ts", "d.json", "e.ts"]);
    assertEquals(found("d.json"), ["d.json"]);
    assertEquals(found("missing.ts"), ["missing.ts"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
