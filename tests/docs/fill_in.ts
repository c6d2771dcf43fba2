/**
 * Updates the outputs on the pages, for an author who has changed a command or its output.
 *
 *     deno run -A tests/docs/fill_in.ts docs/batch.md
 *
 * @module
 */

import { compareOutput } from "./_mask.ts";
import { listCommands, readPages } from "./_page.ts";
import { fromFileUrl } from "./_root.ts";
import { runPages } from "./_run_pages.ts";

if (import.meta.main) {
  const outcomes = await runPages(Deno.args);
  for (const page of readPages()) {
    const lines = page.text.split("\n");
    // From the end, so that the numbers of earlier lines stay valid.
    for (const { line, text, printed: shown } of listCommands(page).reverse()) {
      const outcome = outcomes.find((row) => row.page === page.path && row.line === line);
      if (outcome === undefined || shown === undefined || text.startsWith("cat ")) continue;
      const compared = compareOutput(shown, outcome.printed);
      if (compared.shown === compared.printed || shown.some((row) => /(?:^| )…$/.test(row))) continue;
      const printed = outcome.printed.replace(/\n$/, "").split("\n").filter((row, index) =>
        row !== "" || index > 0
      );
      if (lines[line + shown.length]!.startsWith("$ ") && printed.length > 1) printed.push("");
      lines.splice(line, shown.length, ...printed);
    }
    await Deno.writeTextFile(fromFileUrl(page.path), lines.join("\n"));
  }
}
