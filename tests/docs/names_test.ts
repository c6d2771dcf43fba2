import { assert, assertEquals } from "@std/assert";
import { FORMATS } from "../../lib/cli/output/formats.ts";
import { FRONTS } from "../../lib/conn/findings/known_timeouts.ts";
import { RESULT_FACTS } from "../../lib/expect/result_facts.ts";
import { PROBE_OPTION_NAMES } from "../../lib/probe/option_names.ts";
import { CHECK_KEYS, FILE_KEYS } from "../../lib/watch/tasks/task_keys.ts";
import { COMMANDS, DEFAULT_COMMAND } from "../../lib/cli/commands.ts";
import { testRows } from "../_test_rows.ts";
import { fromFileUrl } from "./_root.ts";

/** The first names of paths such as `body.text`. */
function firstNames(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(".")[0]!))];
}

/** The names that a page must mention between back quotes. */
const NAMED: readonly (readonly [page: string, what: string, names: readonly string[]])[] = [
  ["docs/formats.md", "every format", Object.keys(FORMATS)],
  ["docs/conn.md", "every front that --behind knows", Object.keys(FRONTS)],
  ["docs/watch.md", "every key of a check", CHECK_KEYS],
  ["docs/watch.md", "every key of a task file", FILE_KEYS],
  ["docs/library.md", "every option of a probe", Object.keys(PROBE_OPTION_NAMES)],
  ["docs/library.md", "every field of a result", firstNames(Object.keys(RESULT_FACTS))],
  [
    "docs/architecture.md",
    "every folder of lib/",
    [...Deno.readDirSync(fromFileUrl("lib"))].filter((entry) => entry.isDirectory).map(({ name }) =>
      `lib/${name}`
    ),
  ],
  ["docs/library.md", "every script", [...Deno.readDirSync(fromFileUrl("scripts"))].map(({ name }) => name)],
  ["CHANGELOG.md", "every command", COMMANDS.filter(({ name }) => name !== "probe").map(({ name }) => name)],
];

for (const [page, what, names] of NAMED) {
  Deno.test(`${page} names ${what}`, async () => {
    const text = await Deno.readTextFile(fromFileUrl(page));
    const missing = names.filter((name) => !new RegExp(`\`(?:sonde )?${name}\\b`).test(text));
    assertEquals(missing, []);
  });
}

testRows("A page shows the command", COMMANDS, async ({ name }) => {
  const pages = Deno.readDirSync(fromFileUrl("docs")).map((entry) => `docs/${entry.name}`);
  const texts = await Promise.all(
    [...pages].filter((page) => page.endsWith(".md")).map((page) => Deno.readTextFile(fromFileUrl(page))),
  );
  const shown = name === DEFAULT_COMMAND.name ? /^\$ sonde http/m : new RegExp(`\\bsonde ${name}\\b`);
  assert(texts.some((text) => shown.test(text)), `no page of docs/ has "sonde ${name}"`);
});
