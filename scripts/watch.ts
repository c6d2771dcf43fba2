/**
 * Watches URLs: prints state changes, keeps a history, and writes a page with the uptime of the last week every hour.
 *
 *     deno run --allow-net --allow-read=. --allow-write=. scripts/watch.ts https://example.com/ https://example.org/
 *
 * @module
 */

import { formatChange, formatReportHtml, readReport, Watcher } from "../lib/watch.ts";

const HISTORY = "uptime.db";
const HOUR = 3_600_000;

async function writePage(): Promise<void> {
  const report = await readReport(HISTORY);
  await Deno.writeTextFile("uptime.html", formatReportHtml(report));
}

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: watch.ts URL…");
    Deno.exit(2);
  }
  const checks = Deno.args.map((url) => ({
    url,
    interval: "30s",
    expect: ["status < 400", "timings.total < 5s"],
  }));
  const watcher = new Watcher(checks, {
    history: HISTORY,
    onRun({ changes }) {
      for (const change of changes) console.log(formatChange(change));
    },
  });
  const page = setInterval(writePage, HOUR);
  Deno.addSignalListener("SIGINT", () => watcher.stop());
  await watcher.run();
  clearInterval(page);
  await writePage();
}
