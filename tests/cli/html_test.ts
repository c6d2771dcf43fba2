import { assertEquals } from "@std/assert";
import { formatJson } from "../../lib/report/json.ts";
import { sampleProfile } from "../report/profile/_profile.ts";
import { degradedOutcome, goodResult, plainResult, refusedResult } from "../report/_samples.ts";
import { find, only, parsePage, textOf } from "../report/html/_page_tree.ts";
import { testRows } from "../_test_rows.ts";
import { run, type RunOutcome } from "./_run.ts";

/** Gives a command the text on stdin. */
async function runOn(text: string, ...args: string[]): Promise<RunOutcome> {
  return await run(args, { stdin: new Response(text).body! });
}

const SAVED = [goodResult(), refusedResult(), plainResult()].map((row) => `${formatJson(row)}\n`).join("");

testRows<[text: string, args: string[], code: number, headline: string, rows: number, leftOut: string[]]>(
  "--format html makes a page whose figures are about all rows",
  [
    [SAVED, ["show", "-"], 1, "✕1 of 3 targets is not ok", 3, []],
    [SAVED, ["show", "-", "--only", "failed"], 1, "✕1 of 3 targets is not ok", 1, [
      "--only left 2 rows out of the table. The figures above are about all 3.",
    ]],
    [SAVED, ["show", "-", "-e", "status == 204"], 1, "✕3 of 3 targets are not ok", 3, []],
    ["not a host\nnor this\n", ["batch", "-", "--only", "ok"], 3, "?2 of 2 targets are not ok", 0, [
      "--only left 2 rows out of the table. The figures above are about all 2.",
    ]],
  ],
  async ([text, args, code, headline, rows, leftOut]) => {
    const outcome = await runOn(text, ...args, "--format", "html");
    const page = parsePage(outcome.stdout);
    assertEquals([outcome.code, textOf(only(only(page, "section.overview"), "h2"))], [code, headline]);
    assertEquals(find(only(page, "table.rows"), "tr").length - 1, rows);
    assertEquals(find(page, "p.left-out").map(textOf), leftOut);
  },
);

Deno.test("--format html shows saved checks by their verdict, and saved profiles", async () => {
  const check = degradedOutcome({ name: "blog" });
  const checks = await runOn(formatJson(plainResult(), { check }), "show", "-", "--format", "html");
  const headline = only(only(parsePage(checks.stdout), "section.overview"), "h2");
  assertEquals(textOf(headline), "▲The check is not up");
  const profiles = await runOn(JSON.stringify(sampleProfile()), "show", "-", "--format", "html");
  assertEquals(textOf(only(only(parsePage(profiles.stdout), "#p1"), "h2")), "http://a.test/");
});

Deno.test("-q --format html prints no page", async () => {
  const { stdout } = await runOn(SAVED, "show", "-", "-q", "--format", "html");
  assertEquals(stdout, "");
});
