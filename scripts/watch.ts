/**
 * Watches URLs until SIGINT or SIGTERM: prints state changes, keeps a history, and writes a page with the uptime of the last week every hour.
 *
 *     deno run --allow-net --allow-read=. --allow-write=. scripts/watch.ts https://example.com/ https://example.org/
 *
 * @module
 */

import { formatChange, formatReportHtml, readReport, Watcher } from "../lib/watch.ts";

const HISTORY = "uptime.db";
const HOUR = 3_600_000;

async function writePage(): Promise<void> {
  try {
    const report = await readReport(HISTORY);
    await Deno.writeTextFile("uptime.html", formatReportHtml(report));
  } catch (error) {
    // The watch goes on without the page.
    console.error(`Cannot write uptime.html: ${error instanceof Error ? error.message : error}`);
  }
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
    onProblem: ({ message }) => console.error(message),
  });
  const page = setInterval(writePage, HOUR);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => watcher.stop());
  await watcher.run();
  clearInterval(page);
  await writePage();
}
