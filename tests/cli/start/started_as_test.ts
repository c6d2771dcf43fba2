import { assertEquals } from "@std/assert";
import { type ProcessFacts, type StartedAs, startedAs } from "../../../lib/cli/start/started_as.ts";
import { testRows } from "../../_test_rows.ts";

const CLONE: ProcessFacts = {
  mainModule: "file:///src/sonde/cli.ts",
  execPath: "/usr/bin/deno",
  cwd: "/src/sonde",
  version: "2.9.6",
  standalone: false,
  mapped: true,
};

testRows<[name: string, facts: Partial<ProcessFacts>, started: StartedAs]>("startedAs() tells ways apart", [
  ["a clone", {}, { kind: "clone", deno: ["deno"], script: "cli.ts" }],
  ["a clone from its folder lib", { cwd: "/src/sonde/lib" }, {
    kind: "clone",
    deno: ["deno"],
    script: "/src/sonde/cli.ts",
  }],
  ["a clone by npx", { execPath: "/root/.npm/_npx/1a2b/node_modules/deno/deno" }, {
    kind: "clone",
    deno: ["npx", "-y", "deno@2.9.6"],
    script: "cli.ts",
  }],
  ["an installed path", { mapped: false }, {
    kind: "installed",
    deno: ["deno"],
    script: "/src/sonde/cli.ts",
  }],
  ["a URL", { mainModule: "https://deno.land/x/sonde/cli.ts", mapped: false }, {
    kind: "remote",
    deno: ["deno"],
    script: "https://deno.land/x/sonde/cli.ts",
  }],
  ["a compiled program", { standalone: true, execPath: "/opt/bin/sonde" }, {
    kind: "compiled",
    program: "/opt/bin/sonde",
  }],
], ([, facts, started]) => {
  assertEquals(startedAs({ ...CLONE, ...facts }), started);
});
