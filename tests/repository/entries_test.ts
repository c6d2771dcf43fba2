import { assert, assertEquals } from "@std/assert";
import { testRows } from "../_test_rows.ts";
import { LIBRARY, readNames, runDeno } from "./_public_names.ts";
import { readGraph, type SourceModule } from "./_source_tree.ts";

function wrap(label: string, names: Iterable<string>): string {
  const lines = [`  ${label}:`];
  for (const name of [...names].sort()) {
    if (`${lines.at(-1)} ${name}`.length > 110) lines.push("   ");
    lines[lines.length - 1] += ` ${name}`;
  }
  return lines.join("\n");
}

/** The table of everything that is public: functions and classes by entry, and the types that no entry before has. */
async function formatPublicNames(): Promise<string> {
  const listed = new Set<string>();
  const parts = [];
  for (const path of LIBRARY.filter((entry) => entry !== "mod.ts")) {
    const { values, types } = await readNames(path);
    const own = [...types].filter((name) => !listed.has(name));
    own.forEach((name) => listed.add(name));
    parts.push(`${path}\n${wrap("values", values)}\n${wrap("types", own)}\n`);
  }
  return parts.join("\n");
}

Deno.test("the public names match the table; UPDATE_PUBLIC_NAMES=1 rewrites it", async () => {
  const file = new URL("public_names.txt", import.meta.url);
  const names = await formatPublicNames();
  if (Deno.env.get("UPDATE_PUBLIC_NAMES") !== undefined) await Deno.writeTextFile(file, names);
  assertEquals(names, await Deno.readTextFile(file));
});

Deno.test("mod.ts exports exactly what the other entries export", async () => {
  const expected = new Set<string>();
  for (const path of LIBRARY) {
    if (path === "mod.ts") continue;
    const { values, types } = await readNames(path);
    for (const name of [...values, ...types]) expected.add(name);
  }
  const { values, types } = await readNames("mod.ts");
  assertEquals([...values, ...types].sort(), [...expected].sort());
});

/** Tables whose names a type takes as its values: a value of `lib/http.ts` or `lib/probe.ts`, and no type to import. */
const TABLES = ["DEVIATIONS", "ERROR_KINDS"];

testRows("An entry exports each type that its interface names, for", LIBRARY, async (path) => {
  const { stderr } = await runDeno("doc", "--lint", path);
  const faults = stderr.split("\n").filter((line) => line.startsWith("error["));
  const allowed = path === "mod.ts" ? [] : TABLES.map((name) => `references private type '${name}'`);
  assertEquals(faults.filter((line) => !allowed.some((it) => line.endsWith(it))), []);
});

/**
 * The most modules that an entry may load when it is imported, and the folders that it must keep out: a script that
 * wants one probe does not fetch the pages of the uptime report. What loads only when used does not count.
 */
const BOUNDS: readonly (readonly [entry: string, modules: number, without: readonly string[]])[] = [
  ["lib/probe.ts", 112, [
    "lib/probe/coding/",
    "lib/probe/decode_content.ts",
    "lib/probe/open_session.ts",
    "lib/probe/session",
    "lib/batch/",
    "lib/conn/",
    "lib/expect/",
    "lib/watch/",
    "lib/raw/",
    "lib/download/",
  ]],
  ["lib/http.ts", 50, ["lib/net/", "lib/probe/", "lib/time/", "lib/report/"]],
  ["lib/batch.ts", 140, ["lib/conn/", "lib/expect/", "lib/watch/", "lib/raw/", "lib/download/"]],
  ["lib/conn.ts", 250, ["lib/batch/", "lib/watch/", "lib/raw/", "lib/download/"]],
  ["lib/expect.ts", 50, ["lib/net/", "lib/probe/", "lib/conn/", "lib/watch/", "lib/report/"]],
  ["lib/report.ts", 165, ["lib/net/dial/", "lib/net/tls/", "lib/probe/", "lib/watch/"]],
  ["lib/watch.ts", 305, ["lib/batch/", "lib/conn/", "lib/raw/", "lib/download/"]],
  ["lib/raw.ts", 70, ["lib/batch/", "lib/conn/", "lib/expect/", "lib/watch/", "lib/download/"]],
  ["lib/download.ts", 123, ["lib/batch/", "lib/conn/", "lib/expect/", "lib/watch/", "lib/raw/"]],
  ["mod.ts", 620, ["lib/cli/"]],
];

/** The modules that run when an entry is imported. */
function loadedBy(entry: string, graph: ReadonlyMap<string, SourceModule>): Set<string> {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { target, isDynamic, isTypeOnly } of graph.get(path)?.imports ?? []) {
      if (!isDynamic && !isTypeOnly && graph.has(target)) loaded.add(target);
    }
  }
  return loaded;
}

let graph: ReadonlyMap<string, SourceModule> | undefined;

async function readLibrary(): Promise<ReadonlyMap<string, SourceModule>> {
  graph ??= new Map((await readGraph(LIBRARY)).map((module) => [module.path, module]));
  return graph;
}

testRows("the number of modules stays within its bound, for", BOUNDS, async ([entry, most, without]) => {
  const loaded = loadedBy(entry, await readLibrary());
  const wrong = [...loaded].filter((path) => without.some((folder) => path.startsWith(folder)));
  assertEquals(wrong, []);
  assert(loaded.size <= most, `${loaded.size} modules, ${most} at most`);
});

testRows(
  "the import does not load Node's layer, which takes Deno longer than a probe:",
  LIBRARY,
  async (entry) => {
    const graph = await readLibrary();
    const wrong = [...loadedBy(entry, graph)].flatMap((path) =>
      (graph.get(path)?.imports ?? [])
        // A search in octets; it loads nothing else.
        .filter(({ isDynamic, isTypeOnly }) => !isDynamic && !isTypeOnly)
        .filter(({ target }) => target.startsWith("node:") && target !== "node:buffer")
        .map(({ target }) => `${path} imports ${target}`)
    );
    assertEquals(wrong, []);
  },
);

Deno.test("every entry has a bound", () => {
  assertEquals(BOUNDS.map(([entry]) => entry).sort(), LIBRARY.toSorted());
});
