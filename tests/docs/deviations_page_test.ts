import { assert, assertEquals } from "@std/assert";
import { deviationCodes } from "../../lib/http/deviation.ts";
import { deviationsPage, PAGE } from "./_deviations_page.ts";
import { curlVersion } from "./_other_clients.ts";

/** Removes the changes of the formatter to paragraphs, and the column of curl if its version differs. */
function words(text: string, hasSameCurl: boolean): string[] {
  const known = hasSameCurl ? text : text.replaceAll(/^(\|.*[^\\]\|).*[^\\]\|$/gm, "$1");
  return known.split(/\s+/);
}

const STALE = "write the page anew with deno run -A tests/docs/_deviations_page.ts";

Deno.test("docs/deviations.md matches the output of its generator", async () => {
  const page = await Deno.readTextFile(PAGE);
  const hasSameCurl = page.includes(`curl ${await curlVersion()} |`);
  assertEquals(words(page, hasSameCurl), words(await deviationsPage(), hasSameCurl), STALE);
});

Deno.test("docs/deviations.md has a row for each code", async () => {
  const page = await Deno.readTextFile(PAGE);
  for (const code of deviationCodes) assert(page.includes(`| \`${code}\` |`), `${code}: ${STALE}`);
});
