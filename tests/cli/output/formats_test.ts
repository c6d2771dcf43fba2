import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  chosenFormat,
  type Format,
  formatFlag,
  type FormatRows,
  FORMATS,
  formatsOf,
  loadFormatter,
  traitsOf,
} from "../../../lib/cli/output/formats.ts";
import { formatDocument } from "../../../lib/report/formatter.ts";
import {
  degradedOutcome,
  goodResult,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  refusedResult,
} from "../../report/_samples.ts";
import { sampleProfile } from "../../report/profile/_profile.ts";
import { listSources } from "../../repository/_source_tree.ts";
import { testRows } from "../../_test_rows.ts";

const TABLE = new URL("../../../lib/cli/output/formats.ts", import.meta.url);
const KINDS: readonly (keyof FormatRows)[] = ["results", "profiles", "uptime", "differences", "messages"];

testRows("formatsOf() begins with text and json for every kind of data", KINDS, (kind) => {
  assertEquals<string[]>(formatsOf(kind).slice(0, 2), ["text", "json"]);
});

testRows(
  "formatFlag() takes the formats of the table, and its help and errors name them",
  KINDS.flatMap((kind) =>
    Object.entries<Format>(FORMATS).map(([name, { note }]) => [kind, name, note] as const)
  ),
  ([kind, name, note]) => {
    const { parse, help } = formatFlag(kind);
    const has = formatsOf(kind).some((it) => it === name);
    assertEquals(new RegExp(`\\b${name}\\b`).test(help), has, help);
    if (!has) assertThrows(() => parse(name), SyntaxError, `Cannot use "${name}": write text`);
    else assertEquals<string>(parse(name), name);
    if (has && note !== undefined) assertStringIncludes(help, `${name} (${note})`);
  },
);

/** A document ends with LF and has no other control character than LF and HTAB, whatever a server sent. */
function checkDocument(text: string): void {
  assert(text.endsWith("\n"), JSON.stringify(text));
  // deno-lint-ignore no-control-regex -- that is what must not be there
  assertEquals(text.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g), null, JSON.stringify(text));
}

testRows(
  "loadFormatter() gives a document in every format of results",
  formatsOf("results"),
  async (name) => {
    const formatter = await loadFormatter("results", name, { maxTime: 1_000 });
    if (name === "text") return assertEquals(formatter, undefined);
    const text = formatDocument(formatter!, [goodResult(), refusedResult(), hostileResult()]);
    checkDocument(text);
    assertEquals(formatter!.code !== undefined, traitsOf({ format: name }).ownExitCodes === true);
  },
);

testRows(
  "loadFormatter() gives a document of checks in every format of results",
  formatsOf("results").filter((name) => name !== "text"),
  async (name) => {
    const formatter = (await loadFormatter("results", name, { checks: true }))!;
    const rows = [outcomeOf("up"), degradedOutcome(), hostileOutcome()].map((check) =>
      formatter.row(hostileResult(), { check })
    );
    const text = formatter.begin() + rows.join("") + formatter.end();
    checkDocument(text);
    assert(text.includes("degraded"), text);
  },
);

testRows(
  "loadFormatter() gives a document in every format of profiles",
  formatsOf("profiles"),
  async (name) => {
    const formatter = await loadFormatter("profiles", name);
    if (name === "text") return assertEquals(formatter, undefined);
    const text = formatDocument(formatter!, [sampleProfile()]);
    checkDocument(text);
    assertEquals(formatter!.code !== undefined, traitsOf({ format: name }).ownExitCodes === true);
  },
);

Deno.test(
  "chosenFormat() is text without a flag, and json for --json",
  { permissions: "none" },
  () => {
    const chosen = [{ json: false }, { json: true }, { json: false, format: "csv" }].map(chosenFormat);
    assertEquals<string[]>(chosen, ["text", "json", "csv"]);
  },
);

Deno.test("Every formatter of the library has a row in the table", async () => {
  const table = await Deno.readTextFile(TABLE);
  const found: string[] = [];
  for (const path of listSources("lib/report/", "lib/watch/report/")) {
    const code = await Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));
    if (!/ implements Formatter\b|^export function formatReport/m.test(code)) continue;
    if (path.endsWith("/report_text.ts")) continue;
    found.push(path);
    assertStringIncludes(table, path.replace(/^lib/, ".."), `${path} has no row in ${TABLE.pathname}`);
  }
  assert(found.length > 5, String(found));
});

const LOADED = Array.from(
  (await Deno.readTextFile(TABLE)).matchAll(/import\("\.\.\/\.\.\/([^"]+)"\)/g),
  ([, path]) => `lib/${path}`,
);
const TESTS = await Promise.all(
  listSources("tests/").filter((path) => path.endsWith("_test.ts"))
    .map((path) => Deno.readTextFile(new URL(`../../../${path}`, import.meta.url))),
);

testRows("Every formatter of the table has a test", [...new Set(LOADED)], async (path) => {
  const code = await Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));
  const names = Array.from(code.matchAll(/^export (?:function|class) (\w+)/gm), ([, name]) => name!);
  const tested = names.filter((name) => TESTS.some((text) => new RegExp(`\\b${name}\\(`).test(text)));
  assert(tested.length > 0, `No test calls ${names.join(" or ")}`);
});
