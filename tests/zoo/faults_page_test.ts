import { assertEquals } from "@std/assert";
import { faultsPage, PAGE } from "./_faults_page.ts";

/** Removes the changes of the formatter to tables and paragraphs. */
function words(text: string): string[] {
  return text.replaceAll(/\|[\s|:-]*\|\n/g, "|\n").split(/[\s|]+/);
}

Deno.test("docs/faults.md lists the faults of the zoo and their verdicts", async () => {
  const stale = "write the page anew with deno run -A tests/zoo/_faults_page.ts";
  assertEquals(words(await Deno.readTextFile(PAGE)), words(faultsPage()), stale);
});
