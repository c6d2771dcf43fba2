import { assert, assertEquals } from "@std/assert";
import { listSources, readCode, readEntries, readGraph, type SourceModule } from "./_source_tree.ts";

/** The entries of the library: each re-exports what its folder offers, and no module but `mod.ts` imports one. */
const ENTRIES = readEntries().filter((path) => path.startsWith("lib/"));

/** A module imports from its own line and from lines above it. A name ending in a slash is a whole folder. */
const LAYERS: readonly (readonly string[])[] = [
  ["lib/without_undefined.ts"],
  ["lib/text/"],
  ["lib/http/"],
  ["lib/time/"],
  ["lib/version.ts"],
  ["lib/target/"],
  ["lib/wire/"],
  ["lib/error_kind.ts"],
  ["lib/result.ts"],
  ["lib/phase_times.ts"],
  ["lib/redirect_chain.ts"],
  ["lib/unread_body.ts"],
  ["lib/net/ip_address.ts"],
  ["lib/net/certificate/"],
  ["lib/net/"],
  ["lib/report/"],
  ["lib/probe/"],
  ["lib/download/"],
  ["lib/raw/"],
  ["lib/batch/"],
  ["lib/conn/"],
  ["lib/expect/"],
  ["lib/watch/"],
  ["lib/cli/"],
  ["cli.ts"],
  ENTRIES,
  ["mod.ts"],
];

/** Code that only some folders may contain; comments do not count. */
const CONFINED: readonly { readonly code: RegExp; readonly to: readonly string[] }[] = [
  { code: /\bDeno\.(connect|connectTls|startTls|resolveDns)\b/, to: ["lib/net/"] },
  { code: /["']node:(tls|net|dns|http|https|dgram)["'/]/, to: ["lib/net/"] },
  { code: /\bconsole\b/, to: ["cli.ts", "lib/cli/"] },
  { code: /["'`](npm|jsr):/, to: ["lib/cli/std.ts"] },
  { code: /\bDeno\.(args|stdin|stdout|stderr|exit|exitCode)\b/, to: ["cli.ts", "lib/cli/"] },
];

/** Folders that only turn data into strings. */
const FORMATTERS = [
  "lib/report/",
  "lib/wire/describe_event.ts",
  "lib/wire/wire_capture.ts",
  "lib/wire/wire_json.ts",
  "lib/wire/wire_text.ts",
];

/** Code that some folders and files must not contain; comments do not count. */
const FORBIDDEN: readonly { readonly code: RegExp; readonly in: readonly string[] }[] = [
  { code: /\bDeno\./, in: ["lib/http/"] },
  { code: /\b(await|async)\b/, in: ["lib/http/"] },
  { code: /\b(Date|performance|setTimeout|setInterval|queueMicrotask)\b/, in: ["lib/http/"] },
  { code: /["']node:/, in: ["lib/http/"] },
  { code: /\bDeno\./, in: FORMATTERS },
  { code: /\b(await|async)\b/, in: FORMATTERS },
  { code: /\b(performance|setTimeout|setInterval)\b/, in: FORMATTERS },
  // Both make Deno load Node's timers, which takes longer than a probe of a nearby server.
  { code: /\b(setTimeout|setInterval)\b/, in: ["lib/net/"] },
  { code: /\b(setTimeout|setInterval)\b/, in: ["lib/time/"] },
  { code: /\b(setTimeout|setInterval)\b/, in: ["lib/probe/"] },
];

function belongs(path: string, names: readonly string[]): boolean {
  return names.some((name) => name.endsWith("/") ? path.startsWith(name) : path === name);
}

function layerOf(path: string): number {
  return LAYERS.findIndex((names) => belongs(path, names));
}

/** Finds the first cycle of static imports, if any. */
function findCycle(modules: readonly SourceModule[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const { target, isDynamic } of byPath.get(path)?.imports ?? []) {
      const cycle = isDynamic ? [] : visit(target, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const { path } of modules) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

const SOURCES = ["cli.ts", "mod.ts", "lib/"];

Deno.test("modules import only from their own layer and the layers above, without cycles", async () => {
  const modules = await readGraph(listSources(...SOURCES));
  assert(modules.length > 50, `${modules.length} modules`);
  const wrong: string[] = [];
  for (const { path, imports } of modules) {
    if (layerOf(path) === -1) wrong.push(`${path} has no layer: give it one in the table of this test`);
    for (const { target } of imports) {
      if (layerOf(target) > layerOf(path)) wrong.push(`${path} imports ${target} from a layer below`);
    }
  }
  assertEquals(wrong, []);
  assertEquals(findCycle(modules), []);
});

Deno.test("Every module of lib/ is used: an import leads to it from cli.ts or mod.ts", async () => {
  const used = new Set((await readGraph(["cli.ts", "mod.ts"])).map(({ path }) => path));
  const unused = listSources("lib/").filter((path) => !used.has(path) && !path.endsWith(".d.ts"));
  assertEquals(unused, [], "no import leads to these modules: is a row of a table missing?");
});

Deno.test("modules import by relative path or from node:, so that URLs work", async () => {
  const wrong: string[] = [];
  for (const { path, imports } of await readGraph(listSources(...SOURCES))) {
    for (const { specifier } of imports) {
      if (!/^(\.\.?\/|node:)/.test(specifier)) wrong.push(`${path} imports ${specifier}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("entries only re-export, and only mod.ts imports other entries", async () => {
  assert(ENTRIES.length >= 9, ENTRIES.join());
  const wrong: string[] = [];
  for (const path of [...ENTRIES, "mod.ts"]) {
    const rest = readCode(path).replaceAll(/^export (type )?(\*|\{[^}]*\}) from "[^"]+";$/gm, "").trim();
    if (rest !== "") wrong.push(`${path} has code of its own: ${rest}`);
  }
  for (const { path, imports } of await readGraph(listSources(...SOURCES))) {
    if (path === "mod.ts") continue;
    for (const { target } of imports) {
      if (ENTRIES.includes(target) || target === "mod.ts") wrong.push(`${path} imports the entry ${target}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("mod.ts does not import the command line and its packages", async () => {
  for (const { path, imports } of await readGraph(["mod.ts"])) {
    assert(!path.startsWith("lib/cli/"), path);
    for (const { specifier } of imports) {
      assert(!/^(npm|jsr|https?):/.test(specifier), `${path} imports ${specifier}`);
    }
  }
});

Deno.test("scripts import only the entries of the repository", async () => {
  const scripts = listSources("scripts/");
  for (const { path, imports } of await readGraph(scripts)) {
    if (!scripts.includes(path)) continue;
    // What stands in std/ has a name of its own in the standard library, so a script can be copied.
    const own = imports.filter(({ specifier }) => !/^(node:|@std\/)/.test(specifier)).map(({ target }) =>
      target
    );
    assertEquals(own.filter((target) => target !== "mod.ts" && !ENTRIES.includes(target)), [], path);
  }
});

Deno.test("a plain probe does not load Node's layer, which takes Deno longer than the probe", async () => {
  const byPath = new Map(
    (await readGraph(listSources("cli.ts", "lib/"))).map((module) => [module.path, module]),
  );
  const loaded = new Set([
    "cli.ts",
    "lib/cli/commands/probe/command.ts",
    "lib/report/text.ts",
    "lib/report/json.ts",
  ]);
  for (const path of loaded) {
    for (const { target, isDynamic, isTypeOnly } of byPath.get(path)?.imports ?? []) {
      assert(isDynamic || isTypeOnly || byPath.has(target), `${path} imports ${target}`);
      if (!isDynamic && !isTypeOnly) loaded.add(target);
    }
  }
  assert(loaded.has("lib/net/dial/dial.ts"));
});

Deno.test("sockets, console and process stay in their folders, and the protocol is pure", () => {
  const wrong: string[] = [];
  for (const path of listSources(...SOURCES)) {
    const code = readCode(path);
    for (const rule of CONFINED) {
      if (rule.code.test(code) && !belongs(path, rule.to)) {
        wrong.push(`${path}: ${rule.code} belongs to ${rule.to}`);
      }
    }
    for (const rule of FORBIDDEN) {
      if (rule.code.test(code) && belongs(path, rule.in)) {
        wrong.push(`${path}: ${rule.code} is forbidden there`);
      }
    }
  }
  assertEquals(wrong, []);
});
